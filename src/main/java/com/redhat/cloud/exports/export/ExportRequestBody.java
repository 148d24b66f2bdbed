package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /exports}, any JSON value.
 *
 * @param filters the text of each source's {@code filters} that is an object, by the index of the source: compact, but with
 *     names, their order and their repetitions, and numbers as they were sent, which a tree does not keep
 */
@JsonDeserialize(using = ExportRequestBody.Deserializer.class)
record ExportRequestBody(JsonNode json, Map<Integer, String> filters) {

    static final class Deserializer extends StdDeserializer<ExportRequestBody> {

        private static final long serialVersionUID = 1;

        Deserializer() {
            super(ExportRequestBody.class);
        }

        @Override
        public ExportRequestBody deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            FiltersRecorder recorder = new FiltersRecorder(parser);
            return new ExportRequestBody(context.readTree(recorder), recorder.texts);
        }

        @Override
        public ExportRequestBody getNullValue(DeserializationContext context) {
            return new ExportRequestBody(NullNode.getInstance(), Map.of());
        }
    }

    /** Copies the filters while another reader builds the tree. */
    private static final class FiltersRecorder extends JsonParserDelegate {

        private final Map<Integer, String> texts = new HashMap<>();
        private @Nullable StringWriter text;
        private @Nullable JsonGenerator copy;

        FiltersRecorder(JsonParser parser) {
            super(parser);
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = delegate.nextToken();
            if (copy != null) {
                copy(token);
            } else if (token == JsonToken.START_OBJECT && isFilters(delegate.getParsingContext())) {
                text = new StringWriter();
                copy = getCodec().getFactory().createGenerator(text);
                copy(token);
            }
            return token;
        }

        private void copy(JsonToken token) throws IOException {
            if (token.isNumeric()) {
                copy.writeNumber(delegate.getText());
            } else {
                copy.copyCurrentEvent(delegate);
            }
            if (copy.getOutputContext().inRoot()) {
                copy.close();
                copy = null;
                texts.put(delegate.getParsingContext().getParent().getCurrentIndex(), text.toString());
            }
        }

        /** Whether the object is {@code /sources/<index>/filters}. */
        private static boolean isFilters(JsonStreamContext object) {
            JsonStreamContext source = object.getParent();
            if (!source.inObject() || !"filters".equals(source.getCurrentName())) {
                return false;
            }
            JsonStreamContext sources = source.getParent();
            if (!sources.inArray()) {
                return false;
            }
            JsonStreamContext body = sources.getParent();
            return body.inObject()
                    && "sources".equals(body.getCurrentName())
                    && body.getParent().inRoot();
        }
    }
}
