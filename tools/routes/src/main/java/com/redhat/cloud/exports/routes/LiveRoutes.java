package com.redhat.cloud.exports.routes;

import com.redhat.cloud.exports.routes.RouteTexts.RouteText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Exchanges routes of a running Camel context, all that have changed or none.
 *
 * <p>Camel's own reload stops a route, which waits for its requests or breaks them off, and only then finds out whether
 * there can be a new one. Here the new version is made beside the old one first, under an id of its own
 * ({@code list-exports@2}), with everything but its input started. Then the inputs are exchanged. Requests in the old
 * version run to their end in it; when it has been idle for a while it is removed.
 */
final class LiveRoutes {

    private final CamelContext camel;
    private final RetiredRoutes retired;

    /** What runs: the texts by route id, and the ids that Camel knows the routes by. */
    private Map<String, RouteText> running;

    private final Map<String, String> versions = new HashMap<>();
    private int generation = 1;

    LiveRoutes(CamelContext camel, Map<String, RouteFile> files) {
        this.camel = camel;
        this.retired = new RetiredRoutes(camel);
        this.running = RouteTexts.of(files);
        running.keySet().forEach(id -> versions.put(id, id));
    }

    /**
     * What was exchanged.
     *
     * @param changed ids of routes that are new or new versions
     * @param removed ids of routes that are gone
     */
    record Exchanged(Set<String> changed, Set<String> removed) {}

    /**
     * Makes the running routes those of the files.
     *
     * @param files by name; checked
     * @throws Exception whatever Camel has against them; the routes are as they were
     */
    Exchanged exchange(Map<String, RouteFile> files) throws Exception {
        Map<String, RouteText> wanted = RouteTexts.of(files);
        Set<String> removed = new TreeSet<>(running.keySet());
        removed.removeAll(wanted.keySet());
        Set<String> changed = new TreeSet<>();
        wanted.forEach((id, route) -> {
            RouteText before = running.get(id);
            if (before == null || !before.text().equals(route.text())) {
                changed.add(id);
            }
        });
        if (!changed.isEmpty() || !removed.isEmpty()) {
            generation++;
            Map<String, Prepared> prepared = prepare(files, wanted, changed);
            List<Attachment> old = new ArrayList<>();
            for (Set<String> ids : List.of(changed, removed)) {
                ids.stream()
                        .filter(versions::containsKey)
                        .map(versions::get)
                        .forEach(version -> old.add(Attachment.of(camel, version)));
            }
            attach(prepared, old);
            removed.forEach(versions::remove);
            prepared.forEach((id, route) -> versions.put(id, route.version()));
            old.forEach(route -> retired.add(route.routeId()));
        }
        running = wanted;
        return new Exchanged(changed, removed);
    }

    /** Removes old versions that have nothing to do any more; to be called now and then. */
    void removeIdle() throws Exception {
        retired.removeIdle();
    }

    /** @param start whether messages are to come in at once */
    private record Prepared(String version, boolean start) {}

    /** Makes the new versions, everything but their inputs started. */
    private Map<String, Prepared> prepare(
            Map<String, RouteFile> files, Map<String, RouteText> wanted, Set<String> changed) throws Exception {
        Map<String, Set<String>> byFile = new TreeMap<>();
        changed.forEach(id -> byFile.computeIfAbsent(wanted.get(id).file(), _ -> new TreeSet<>())
                .add(id));
        Map<String, Prepared> prepared = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Set<String>> entry : byFile.entrySet()) {
                prepare(files.get(entry.getKey()), entry.getValue(), prepared);
            }
        } catch (Exception e) {
            discard(prepared);
            throw e;
        }
        return prepared;
    }

    private void prepare(RouteFile file, Set<String> ids, Map<String, Prepared> prepared) throws Exception {
        var resource = ResourceHelper.fromString(file.location(), file.text());
        for (RoutesBuilder loaded : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(List.of(resource))) {
            if (loaded instanceof RouteConfigurationsBuilder configurations) {
                configurations.updateRouteConfigurationsToCamelContext(camel);
            }
            RouteBuilder builder = (RouteBuilder) loaded;
            List<RouteDefinition> routes = builder.configureRoutes(camel).getRoutes();
            builder.getRestCollection().getRests().clear();
            routes.removeIf(route -> !ids.contains(route.getId()));
            for (RouteDefinition route : routes) {
                String id = route.getId();
                String version = id + "@" + generation;
                boolean start = versions.containsKey(id)
                        ? camel.getRouteController()
                                .getRouteStatus(versions.get(id))
                                .isStarted()
                        : !"false".equals(route.getAutoStartup());
                route.setId(version);
                route.setAutoStartup("false");
                // The old version still has it.
                route.setStartupOrder(null);
                prepared.put(id, new Prepared(version, start));
            }
            builder.addRoutesToCamelContext(camel);
        }
    }

    /** Whoever calls a {@code direct:} route in between waits: that is what {@code block} is for, which is its default. */
    private void attach(Map<String, Prepared> prepared, List<Attachment> old) throws Exception {
        List<Attachment> taken = new ArrayList<>();
        List<Attachment> given = new ArrayList<>();
        try {
            for (Attachment route : old) {
                route.detach();
                taken.add(route);
            }
            for (Prepared route : prepared.values()) {
                if (route.start()) {
                    camel.getRouteController().startRoute(route.version());
                    given.add(Attachment.of(camel, route.version()));
                }
            }
            old.forEach(Attachment::close);
        } catch (Exception e) {
            for (Attachment route : given) {
                route.detach();
            }
            for (Attachment route : taken) {
                route.attach();
            }
            discard(prepared);
            throw e;
        }
    }

    private void discard(Map<String, Prepared> prepared) throws Exception {
        for (Prepared route : prepared.values()) {
            remove(camel, route.version());
        }
    }

    /** Removes a route, made or half made, and its definition. */
    static void remove(CamelContext camel, String routeId) throws Exception {
        Route route = camel.getRoute(routeId);
        camel.getRouteController().stopRoute(routeId);
        camel.removeRoute(routeId);
        var model = (ModelCamelContext) camel;
        RouteDefinition definition = model.getRouteDefinition(routeId);
        if (definition != null) {
            model.removeRouteDefinition(definition);
        }
        // Camel shuts the route's endpoint down, which its other version has as well.
        if (route != null && camel.hasEndpoint(route.getEndpoint().getEndpointUri()) != null) {
            ServiceHelper.startService(route.getEndpoint());
        }
    }
}
