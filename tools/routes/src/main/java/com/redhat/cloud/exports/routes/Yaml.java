package com.redhat.cloud.exports.routes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML as nodes, which know their lines. */
final class Yaml {

    private Yaml() {}

    /**
     * @return null for a file of comments only
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is not YAML
     */
    static @Nullable Node parse(String text) {
        return new Compose(LoadSettings.builder().build()).composeString(text).orElse(null);
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    static List<Node> elements(@Nullable Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    /** By name, in the order of the file; empty if the node is not a mapping. */
    static Map<String, Node> entries(@Nullable Node node) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> entries.put(text(entry.getKeyNode()), entry.getValueNode()));
        }
        return entries;
    }

    /** The key's node; its line may differ from the value's. */
    static Node key(Node mapping, String name) {
        return ((MappingNode) mapping)
                .getValue().stream()
                        .map(entry -> entry.getKeyNode())
                        .filter(key -> text(key).equals(name))
                        .findFirst()
                        .orElse(mapping);
    }

    static @Nullable Node at(@Nullable Node node, String... path) {
        Node found = node;
        for (String name : path) {
            found = entries(found).get(name);
        }
        return found;
    }

    /** The text of a scalar, whatever its type; empty for anything else. */
    static String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    static boolean isScalar(@Nullable Node node) {
        return node instanceof ScalarNode;
    }

    /** Whether the value is missing: {@code name:} and nothing after it. */
    static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().getValue().equals("tag:yaml.org,2002:null");
    }

    /** Whether the value is a text, not a number or boolean. */
    static boolean isText(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().getValue().equals("tag:yaml.org,2002:str");
    }
}
