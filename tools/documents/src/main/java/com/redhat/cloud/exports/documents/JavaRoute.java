package com.redhat.cloud.exports.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.redhat.cloud.exports.ExportServiceApplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.springframework.beans.BeanUtils;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * A route that is written in Java.
 *
 * @param type its builder
 * @param route as it would be in a route file, under {@code route}
 */
record JavaRoute(Class<?> type, JsonNode route) {

    /** All routes in Java, by class name. */
    static List<JavaRoute> all() throws IOException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(RouteBuilder.class));
        List<JavaRoute> routes = new ArrayList<>();
        scanner.findCandidateComponents(ExportServiceApplication.class.getPackageName())
                .forEach(component -> routes.addAll(of(ClassUtils.resolveClassName(
                        String.valueOf(component.getBeanClassName()), JavaRoute.class.getClassLoader()))));
        routes.sort(Comparator.comparing(JavaRoute::source));
        return routes;
    }

    private static List<JavaRoute> of(Class<?> type) {
        List<JavaRoute> routes = new ArrayList<>();
        try {
            // Never started, so never closed.
            var camel = new DefaultCamelContext();
            var builder = (RouteBuilder) BeanUtils.instantiateClass(type);
            for (RouteDefinition definition : builder.configureRoutes(camel).getRoutes()) {
                String yaml = PluginHelper.getModelToYAMLDumper(camel).dumpModelAsYaml(camel, definition);
                ObjectNode route = (ObjectNode) new YAMLMapper().readTree(yaml).at("/0/route");
                routes.add(new JavaRoute(type, route.put("description", definition.getDescriptionText())));
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot read the routes of " + type, e);
        }
        return routes;
    }

    String name() {
        return type.getSimpleName();
    }

    /** The path of the source file. */
    String source() {
        return "src/main/java/%s.java".formatted(type.getName().replace('.', '/'));
    }
}
