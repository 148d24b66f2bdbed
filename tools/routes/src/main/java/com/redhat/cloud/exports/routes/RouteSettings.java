package com.redhat.cloud.exports.routes;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings below {@code export.routes}.
 *
 * @param directory folder whose route files, one level of subfolders included, replace those in the jar by name or add to
 *     them; may be absent
 * @param reload whether changes there take effect while the service runs (docs/route-files.md); a folder that is absent
 *     at the start is not watched
 */
@ConfigurationProperties("export.routes")
record RouteSettings(String directory, boolean reload) {}
