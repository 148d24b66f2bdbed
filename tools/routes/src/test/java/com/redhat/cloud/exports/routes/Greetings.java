package com.redhat.cloud.exports.routes;

import java.util.List;
import org.springframework.stereotype.Component;

/** A bean for routes to name. */
@Component
class Greetings {

    List<String> list(String language) {
        return List.of("Hello " + language);
    }
}
