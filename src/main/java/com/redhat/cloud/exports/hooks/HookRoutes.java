package com.redhat.cloud.exports.hooks;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Finds the routes of hooks: {@code direct:exportFinished} or {@code direct:exportFinished.webhook}. */
@Component
class HookRoutes {

    private static final Pattern HOOK = Pattern.compile("direct://(%s)(?:\\.([^?]+))?(?:\\?.*)?"
            .formatted(Arrays.stream(Hook.values()).map(Hook::wireName).collect(Collectors.joining("|"))));

    private final CamelContext camel;

    HookRoutes(@Lazy CamelContext camel) {
        this.camel = camel;
    }

    /** @param extension name of the extension; may be empty */
    record HookRoute(String hook, String extension) {}

    /** Returns those that run at this moment; route files come and go. */
    Set<HookRoute> running() {
        return camel.getRoutes().stream()
                .flatMap(route -> hook(route).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<HookRoute> hook(Route route) {
        Matcher hook = HOOK.matcher(route.getEndpoint().getEndpointUri());
        if (!hook.matches()) {
            return Optional.empty();
        }
        var status = camel.getRouteController().getRouteStatus(route.getId());
        return status != null && status.isStarted()
                ? Optional.of(new HookRoute(hook.group(1), hook.group(2) == null ? "" : hook.group(2)))
                : Optional.empty();
    }
}
