package com.redhat.cloud.exports.identity;

/**
 * The owner of an export: an export belongs to exactly these three, compared exactly.
 *
 * @param accountNumber empty when the identity has none; an absent number equals only an absent one
 * @param orgId never empty
 * @param username never empty: a user's or service account's name, or a system's common name
 */
public record Tenant(String accountNumber, String orgId, String username) {}
