package com.redhat.cloud.exports.routes;

import java.util.Optional;
import java.util.Set;

/** What the program that runs the route files offers them. */
public interface Surroundings {

    /** Names of the beans; empty when they are not known, so that any may be named. */
    Optional<Set<String>> beans();

    /** The type of one of {@link #beans()}, if it is known. */
    Optional<Class<?>> typeOf(String bean);

    /** Ids of the route configurations that the program makes in Java; empty when they are not known. */
    Optional<Set<String>> routeConfigurations();

    /** Keys of the settings, to suggest one of them; empty when they are not known. */
    Optional<Set<String>> settings();

    /** Whether a setting has a value; true when {@link #settings()} are not known. */
    boolean hasSetting(String key);

    /**
     * The text of a file that a route names.
     *
     * @param location {@code classpath:…} or {@code file:…}
     * @return empty when there is no such file
     */
    Optional<String> read(String location);

    /** Locations of files beside a missing one, to suggest one of them. */
    Set<String> near(String location);

    /** Names of the components that routes can use. */
    Set<String> components();

    /** Camel's description of a component, as JSON. */
    Optional<String> describe(String component);
}
