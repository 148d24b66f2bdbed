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
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Exchanges routes of a running Camel context, all that have changed or none.
 *
 * <p>Camel's own reload first stops a route, waiting for its requests or breaking them off, and only then finds out whether
 * the new one can be made. Here the new version is made beside the old one, under an id of its own
 * ({@code list-exports@2}), with everything but its input started. Then the inputs are exchanged. Requests in the old
 * version finish there; once it has been idle for a while it is removed.
 */
final class LiveRoutes {

    private final CamelContext camel;
    private final RetiredRoutes retired;

    /** The running routes by id. */
    private Map<String, RouteText> running;

    /** Camel's ids of the running versions, by route id. */
    private final Map<String, String> versions = new HashMap<>();

    private int generation = 1;

    LiveRoutes(CamelContext camel, Map<String, RouteFile> files) {
        this.camel = camel;
        this.retired = new RetiredRoutes(camel);
        this.running = RouteTexts.of(files);
        running.keySet().forEach(id -> versions.put(id, id));
    }

    /**
     * The outcome of an exchange.
     *
     * @param changed ids of routes that are new or new versions
     * @param removed ids of routes that no longer exist
     */
    record Exchanged(Set<String> changed, Set<String> removed) {}

    /**
     * Replaces the running routes by those of the files.
     *
     * @param files by name; checked
     * @throws Exception when Camel cannot make them; nothing has changed then
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

    /** Removes old versions that are idle; to be called regularly. */
    void removeIdle() throws Exception {
        retired.removeIdle();
    }

    /** @param start whether its input starts with the exchange */
    private record Prepared(String version, boolean start) {}

    /** Makes the new versions and starts all but their inputs. */
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
        Resource resource = file.resource();
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
                // The old version still holds it.
                route.setStartupOrder(null);
                prepared.put(id, new Prepared(version, start));
            }
            builder.addRoutesToCamelContext(camel);
        }
    }

    /** A call of a {@code direct:} route in between waits: {@code block} is on by default. */
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

    /** Removes a route, finished or half made, and its definition. */
    static void remove(CamelContext camel, String routeId) throws Exception {
        Route route = camel.getRoute(routeId);
        camel.getRouteController().stopRoute(routeId);
        camel.removeRoute(routeId);
        var model = (ModelCamelContext) camel;
        RouteDefinition definition = model.getRouteDefinition(routeId);
        if (definition != null) {
            model.removeRouteDefinition(definition);
        }
        // Camel shuts down the endpoint, which the other version of the route uses too.
        if (route != null && camel.hasEndpoint(route.getEndpoint().getEndpointUri()) != null) {
            ServiceHelper.startService(route.getEndpoint());
        }
    }
}
