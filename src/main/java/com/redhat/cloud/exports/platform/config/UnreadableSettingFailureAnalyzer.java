package com.redhat.cloud.exports.platform.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Names the variable of a value that is not of its setting's type. Spring Boot knows the property only, but what
 * {@code application.yaml} says of that names the variable.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnreadableSettingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):");

    /** Keys and passwords are texts, which any value is, so that none comes here to be printed. */
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConversionFailedException conversion = findCause(cause, ConversionFailedException.class);
        if (cause.getProperty() == null || conversion == null) {
            return null;
        }
        Matcher variable = VARIABLE.matcher(String.valueOf(cause.getProperty().getValue()));
        if (!variable.find()) {
            return null;
        }
        return InvalidSettingFailureAnalyzer.analysis(InvalidSettingException.of(
                variable.group(1),
                "must be %s, but is '%s'"
                        .formatted(allowed(conversion.getTargetType().getType()), conversion.getValue())));
    }

    private static String allowed(Class<?> target) {
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(target);
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == Duration.class) {
            return "a time like 500ms, 60s, 5m, 2h or 7d";
        }
        if (type == DataSize.class) {
            return "a size like 512KB or 1MB";
        }
        return Number.class.isAssignableFrom(type) ? "a whole number" : "a " + type.getSimpleName();
    }
}
