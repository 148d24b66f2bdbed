package com.redhat.cloud.exports.sources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;

/** What the export service requires of a result. Each rule returns what is wrong, or nothing. */
final class AnswerRules {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AnswerRules() {}

    /** Requires an upload with a body of the right format. */
    static Optional<String> data(InternalApiStandIn.Request answer, ExportRequest request, String preSharedKey) {
        return address(answer, request, preSharedKey)
                .or(() -> answer.action().equals("upload")
                        ? Optional.empty()
                        : Optional.of("it reported an error: " + answer.text()))
                .or(() -> contentType(answer, request.format()))
                .or(() -> body(answer, request.format()));
    }

    /** Requires an error with a readable message. */
    static Optional<String> refusal(InternalApiStandIn.Request answer, ExportRequest request, String preSharedKey) {
        return address(answer, request, preSharedKey)
                .or(() -> answer.action().equals("error")
                        ? Optional.empty()
                        : Optional.of("it uploaded %d bytes".formatted(answer.body().length)))
                .or(() -> report(answer));
    }

    private static Optional<String> address(
            InternalApiStandIn.Request answer, ExportRequest request, String preSharedKey) {
        if (!answer.method().equals("POST")) {
            return Optional.of("the method is " + answer.method());
        }
        if (!request.export().equals(answer.export()) || !request.application().equals(answer.application())) {
            return Optional.of("the path is " + answer.path());
        }
        return answer.header("x-rh-exports-psk").equals(List.of(preSharedKey))
                ? Optional.empty()
                : Optional.of("the header x-rh-exports-psk is missing, wrong, or there twice");
    }

    /** The service accepts any, but one that contradicts the body is a mistake. */
    private static Optional<String> contentType(InternalApiStandIn.Request answer, String format) {
        var types = answer.header("Content-Type");
        var type = types.isEmpty()
                ? "missing"
                : types.getFirst().replaceFirst(";.*", "").strip();
        var right = format.equals("csv") ? "text/csv" : "application/json";
        return type.equals(right) || type.equals("application/octet-stream")
                ? Optional.empty()
                : Optional.of("the Content-Type of %s is %s".formatted(format, type));
    }

    private static Optional<String> body(InternalApiStandIn.Request answer, String format) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(answer.body()))
                    .toString();
            return format.equals("csv") ? csv(text) : json(text);
        } catch (CharacterCodingException e) {
            return Optional.of("the body is not UTF-8");
        }
    }

    private static Optional<String> json(String text) {
        try {
            return JSON.readTree(text).isMissingNode() ? Optional.of("the body is empty") : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    private static Optional<String> csv(String text) {
        try (var records = CSVFormat.RFC4180.parse(new StringReader(text))) {
            int columns = -1;
            for (var each : records) {
                if (columns >= 0 && each.size() != columns) {
                    return Optional.of("line %d of the CSV has %d columns, the first one has %d"
                            .formatted(records.getCurrentLineNumber(), each.size(), columns));
                }
                columns = each.size();
            }
            return columns < 0 ? Optional.of("the CSV has no header line") : Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.of("the body is not CSV: " + e.getMessage());
        }
    }

    private static Optional<String> report(InternalApiStandIn.Request answer) {
        JsonNode report;
        try {
            report = JSON.readTree(answer.body());
        } catch (IOException e) {
            return Optional.of("the error report is not JSON: " + answer.text());
        }
        if (!report.path("error").isIntegralNumber() || report.path("error").intValue() == 0) {
            return Optional.of("the error report has no number in 'error': " + answer.text());
        }
        var message = report.path("message");
        if (!message.isTextual() || message.asText().isBlank()) {
            return Optional.of("the error report has no text in 'message': " + answer.text());
        }
        return message.asText().matches("(?s).*(\\R\\s+at |[a-z]+\\.[a-zA-Z.]*Exception|Traceback).*")
                ? Optional.of("the message is for a programmer, not for the user who reads it: " + message.asText())
                : Optional.empty();
    }
}
