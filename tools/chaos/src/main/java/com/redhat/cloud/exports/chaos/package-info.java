/**
 * {@code make chaos}: two replicas of the packaged service, real servers, clients under way and every fault that can happen to them, with a ledger of what was promised and what became of it. Start reading at
 * {@link com.redhat.cloud.exports.chaos.Chaos}.
 */
@NullMarked
package com.redhat.cloud.exports.chaos;

import org.jspecify.annotations.NullMarked;
