package com.redhat.cloud.exports.download;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first objects of a JSON array, or of the first array in a JSON object ({@code {"data":[…]}}). Text that is cut
 * anywhere gives the rows before the cut.
 *
 * @param rows keys and values in their order; text as it is, null as null, any other value as its JSON
 * @param ended whether these are all rows
 */
@JsonDeserialize(using = JsonRows.Deserializer.class)
record JsonRows(List<Map<String, @Nullable String>> rows, boolean ended) {

    static ServiceException none() {
        return ServiceException.invalid("the data of this source has no rows to show");
    }

    /** Stops after one row more than anybody can ask for. */
    static final class Deserializer extends StdDeserializer<JsonRows> {

        Deserializer() {
            super(JsonRows.class);
        }

        @Override
        public JsonRows deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            List<Map<String, @Nullable String>> rows = new ArrayList<>();
            try {
                enterArray(parser);
                while (rows.size() <= Previews.MAX_ROWS) {
                    if (parser.nextToken() == JsonToken.END_ARRAY) {
                        return new JsonRows(rows, true);
                    }
                    rows.add(row(parser));
                }
            } catch (JsonProcessingException | NumberFormatException e) {
                // The text is cut here, or is no JSON from here on.
            }
            return new JsonRows(rows, false);
        }

        private static void enterArray(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME && parser.nextToken() != JsonToken.START_ARRAY) {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw none();
            }
        }

        private static Map<String, @Nullable String> row(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw none();
            }
            Map<String, @Nullable String> row = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                row.put(key, cell(parser, parser.nextToken()));
            }
            return row;
        }

        private static @Nullable String cell(JsonParser parser, JsonToken token) throws IOException {
            if (token.isStructStart()) {
                return json(parser);
            }
            return token == JsonToken.VALUE_NULL ? null : parser.getText();
        }

        /** Numbers stay as they were written, which {@link JsonGenerator#copyCurrentStructure} does not promise. */
        private static String json(JsonParser parser) throws IOException {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = parser.getCodec().getFactory().createGenerator(text)) {
                int depth = 0;
                do {
                    if (parser.currentToken().isNumeric()) {
                        json.writeNumber(parser.getText());
                    } else {
                        json.copyCurrentEvent(parser);
                    }
                    depth += parser.currentToken().isStructStart()
                            ? 1
                            : parser.currentToken().isStructEnd() ? -1 : 0;
                } while (depth > 0 && parser.nextToken() != null);
            }
            return text.toString();
        }
    }
}
