/** Statements from files, batches of requests, the migration. */
@NullMarked
package com.redhat.cloud.exports.platform.database;

import org.jspecify.annotations.NullMarked;
