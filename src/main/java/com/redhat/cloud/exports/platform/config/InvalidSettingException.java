package com.redhat.cloud.exports.platform.config;

/** A setting that the service cannot start with. The message names the variable and says what is allowed. */
public final class InvalidSettingException extends RuntimeException {

    private InvalidSettingException(String message) {
        super(message);
    }

    /** @param reason what is wrong and what would be right; never the value of a secret */
    public static InvalidSettingException of(String variable, String reason) {
        return new InvalidSettingException(variable + " " + reason);
    }
}
