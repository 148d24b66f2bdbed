package com.redhat.cloud.exports.routes;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings below {@code export.routes}.
 *
 * @param directory route files here replace those in the jar, by file name, or add to them; may be absent
 * @param reload whether changed files take effect while the service runs
 */
@ConfigurationProperties("export.routes")
record RouteSettings(String directory, boolean reload) {}
