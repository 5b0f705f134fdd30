package org.bowline.shell.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes a JSON tree as block-style YAML 1.2; every text is quoted as JSON does, which YAML reads.
 */
final class Yaml {
    private final StringBuilder text = new StringBuilder();

    private Yaml() {}

    static String text(JsonNode tree) {
        Yaml yaml = new Yaml();
        if (leaf(tree)) {
            yaml.text.append(tree).append('\n');
        } else {
            yaml.block(tree, 0, true);
        }
        return yaml.text.toString();
    }

    private void block(JsonNode node, int depth, boolean indentFirst) {
        boolean indent = indentFirst;
        if (node.isArray()) {
            for (JsonNode element : node) {
                start(depth, indent).append("- ");
                indent = true;
                if (leaf(element)) {
                    text.append(element).append('\n');
                } else {
                    block(element, depth + 1, false);
                }
            }
            return;
        }
        Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            start(depth, indent).append(key(field.getKey())).append(':');
            indent = true;
            if (leaf(field.getValue())) {
                text.append(' ').append(field.getValue()).append('\n');
            } else {
                text.append('\n');
                block(field.getValue(), depth + 1, true);
            }
        }
    }

    private StringBuilder start(int depth, boolean indent) {
        return indent ? text.append("  ".repeat(depth)) : text;
    }

    private static boolean leaf(JsonNode node) {
        return node.isValueNode() || node.isEmpty();
    }

    private static String key(String name) {
        return name.matches("[A-Za-z][A-Za-z0-9_-]*") ? name : TextNode.valueOf(name).toString();
    }
}
