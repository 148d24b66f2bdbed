package com.redhat.cloud.exports.routes;

import java.util.Collection;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelSpringBootRoutesCollector;
import org.springframework.context.ApplicationContext;

/** Gives Camel the route files at the start. Their names are no patterns or URIs, whatever characters they have. */
final class RouteFilesCollector extends CamelSpringBootRoutesCollector {

    private final Map<String, RouteFile> files;

    RouteFilesCollector(ApplicationContext context, Map<String, RouteFile> files) {
        super(context, false);
        this.files = files;
    }

    Map<String, RouteFile> files() {
        return files;
    }

    @Override
    public Collection<Resource> findRouteResourcesFromDirectory(
            CamelContext camel, String excludePattern, String includePattern) {
        return files.values().stream().map(RouteFile::resource).toList();
    }
}
