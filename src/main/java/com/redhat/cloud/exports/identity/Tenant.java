package com.redhat.cloud.exports.identity;

/**
 * The owner of an export, compared exactly.
 *
 * @param accountNumber empty if the identity has none; equals only another empty one
 * @param orgId never empty
 * @param username never empty: a user's or service account's name, or a system's common name
 */
public record Tenant(String accountNumber, String orgId, String username) {}
