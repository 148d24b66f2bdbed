package com.redhat.cloud.exports.platform.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Names the variable whose value has the wrong type. Spring Boot names only the property; the placeholder in
 * {@code application.yaml} names the variable.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnreadableSettingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final Pattern VARIABLE = Pattern.compile("[A-Z_]+");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+):");

    /** Prints the value. Keys and passwords are never among them: as text, any value of theirs is readable. */
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConversionFailedException conversion = findCause(cause, ConversionFailedException.class);
        if (cause.getProperty() == null || conversion == null) {
            return null;
        }
        String variable = variable(cause.getProperty());
        if (variable == null) {
            return null;
        }
        return InvalidSettingFailureAnalyzer.analysis(InvalidSettingException.of(
                variable,
                "must be %s, but is '%s'"
                        .formatted(allowed(conversion.getTargetType().getType()), conversion.getValue())));
    }

    private static @Nullable String variable(ConfigurationProperty property) {
        // A variable like EXPORT_EXPIRY_PERIOD is itself a name of the property, and hides application.yaml's
        // placeholder.
        if (property.getOrigin() instanceof PropertySourceOrigin origin
                && VARIABLE.matcher(origin.getPropertyName()).matches()) {
            return origin.getPropertyName();
        }
        Matcher placeholder = PLACEHOLDER.matcher(String.valueOf(property.getValue()));
        return placeholder.find() ? placeholder.group(1) : null;
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
