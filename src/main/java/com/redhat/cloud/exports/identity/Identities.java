package com.redhat.cloud.exports.identity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads {@code x-rh-identity}: strict base64 of {@code {"identity":{…}}} (contract section 4). */
@Component("identities")
class Identities {

    /** The three texts of a tenant must together fit an index entry of the database. */
    private static final int MAX_TEXT_BYTES = 512;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(100).build())
                    // By default each thread has its own buffers, and each request is a thread.
                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Returns the tenant that the header names.
     *
     * @param header the first x-rh-identity header; null if there is none
     * @throws ServiceException if it names none
     */
    public Tenant tenantOf(@Variable("identity") @Nullable String header) {
        if (header == null || header.isBlank()) {
            throw invalid("missing x-rh-identity header");
        }
        JsonNode identity = decode(header).path("identity");
        if (!identity.isObject()) {
            throw invalid("'identity' is not an object");
        }
        String orgId = text(identity, "org_id");
        if (orgId.isEmpty()) {
            orgId = text(object(identity, "internal"), "org_id");
        }
        if (orgId.isEmpty()) {
            throw invalid("missing org_id");
        }
        return new Tenant(text(identity, "account_number"), orgId, username(identity));
    }

    private static JsonNode decode(String header) {
        try {
            byte[] json = Base64.getDecoder().decode(header);
            // The JDK's decoder accepts missing padding; the platform's own decoders do not.
            if (header.length() % 4 != 0) {
                throw invalid("not valid base64");
            }
            JsonNode root = JSON.readTree(json);
            if (!root.isObject()) {
                throw invalid("not a JSON object");
            }
            return root;
        } catch (IllegalArgumentException e) {
            throw invalid("not valid base64");
        } catch (JsonProcessingException e) {
            throw invalid("not valid JSON");
        } catch (IOException e) {
            throw invalid("not readable");
        }
    }

    private static String username(JsonNode identity) {
        String type = text(identity, "type");
        String name = switch (type.toLowerCase(Locale.ROOT)) {
            case "user" -> text(object(identity, "user"), "username");
            case "serviceaccount" -> text(object(identity, "service_account"), "username");
            case "system" -> text(object(identity, "system"), "cn");
            case "" -> throw invalid("missing type");
            default -> throw invalid("'%s' is not a valid user type".formatted(type));
        };
        if (name.isEmpty()) {
            throw invalid("missing username data");
        }
        return name;
    }

    /** Returns the object at {@code field}, or an absent node. Refuses other types, as a typed decoder does. */
    private static JsonNode object(JsonNode parent, String field) {
        JsonNode value = parent.path(field);
        if (value.isObject() || value.isNull() || value.isMissingNode()) {
            return value;
        }
        throw invalid("'%s' is not an object".formatted(field));
    }

    /** Returns the text at {@code field}; empty if absent or null. */
    private static String text(JsonNode parent, String field) {
        JsonNode value = parent.path(field);
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (!value.isTextual()) {
            throw invalid("'%s' is not a string".formatted(field));
        }
        String text = value.textValue();
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw invalid("'%s' holds a character that cannot be stored".formatted(field));
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
            throw invalid("'%s' is longer than %d bytes".formatted(field, MAX_TEXT_BYTES));
        }
        return text;
    }

    /** The message never contains the header. */
    private static ServiceException invalid(String reason) {
        return ServiceException.invalid("invalid identity header: " + reason);
    }
}
