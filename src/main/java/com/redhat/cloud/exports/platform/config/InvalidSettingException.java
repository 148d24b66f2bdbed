package com.redhat.cloud.exports.platform.config;

/** A setting that prevents the start. The message names the variable and the rule. */
public final class InvalidSettingException extends RuntimeException {

    private InvalidSettingException(String message) {
        super(message);
    }

    /** @param reason completes the sentence that begins with the variable's name; never contains a secret */
    public static InvalidSettingException of(String variable, String reason) {
        return new InvalidSettingException(variable + " " + reason);
    }
}
