package org.bowline.identity.host;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file as values by dotted key, such as {@code ports.ui}, each with its line. What nobody
 * asked for is told by {@link #unknown}.
 *
 * <p>No message ever shows a value: the file may hold a password hash.
 */
final class YamlFile {
    private static final int DEEPEST = 4;

    private final String name;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> unread = new LinkedHashMap<>();

    /**
     * @param name what the file is called in messages
     * @throws DescriptionException if it is not YAML, or says a key twice
     */
    YamlFile(String name, String text) {
        this.name = name;
        Node root = compose(text);
        if (root instanceof MappingNode map) {
            flatten("", map, 1);
        } else if (root != null && !isNothing(root)) {
            throw wrong(root, "expected lines of the form key: value");
        }
        unread.putAll(values);
    }

    private YamlFile(String name, MappingNode map) {
        this.name = name;
        flatten("", map, 1);
        unread.putAll(values);
    }

    private Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        try {
            return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new DescriptionException(name + " line " + line, "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new DescriptionException(name, "not YAML");
        }
    }

    private void flatten(String prefix, MappingNode map, int depth) {
        for (NodeTuple entry : map.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key) || depth > DEEPEST) {
                throw wrong(entry.getKeyNode(), "nested too deep");
            }
            String path = prefix + key.getValue();
            if (entry.getValueNode() instanceof MappingNode inner) {
                flatten(path + ".", inner, depth + 1);
            } else if (values.putIfAbsent(path, entry.getValueNode()) != null) {
                throw wrong(key, path + " stands here a second time; keep one of them");
            }
        }
    }

    /** The scalar of that key; empty if it is not there or has no value. */
    Optional<String> text(String key) {
        Node value = take(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof ScalarNode scalar)) {
            throw wrong(key, "expected one value, not a list");
        }
        return Optional.of(scalar.getValue().strip());
    }

    /** The list of that key; a single value counts as a list of one; empty if it is not there. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(key)) {
            if (!(item instanceof ScalarNode scalar)) {
                throw wrong(item, key + ": expected a list of single values");
            }
            texts.add(scalar.getValue().strip());
        }
        return texts;
    }

    /** The list of that key, each item with keys of its own. */
    List<YamlFile> parts(String key) {
        List<YamlFile> parts = new ArrayList<>();
        for (Node item : items(key)) {
            if (!(item instanceof MappingNode map)) {
                throw wrong(item, key + ": expected a list of entries with keys");
            }
            parts.add(new YamlFile(name, map));
        }
        return parts;
    }

    private List<Node> items(String key) {
        Node value = take(key);
        if (value == null) {
            return List.of();
        }
        return value instanceof SequenceNode list ? list.getValue() : List.of(value);
    }

    private Node take(String key) {
        unread.remove(key);
        Node value = values.get(key);
        return value == null || isNothing(value) ? null : value;
    }

    /** Whether that key stands in the file, with or without a value. */
    boolean has(String key) {
        return values.containsKey(key);
    }

    /** One sentence for each key that was never asked for. */
    List<String> unknown() {
        List<String> found = new ArrayList<>();
        unread.forEach((key, node) -> found.add(where(node) + ": unknown key " + key));
        return found;
    }

    /** The complaint that the value of that key is wrong. */
    DescriptionException wrong(String key, String wrong) {
        Node value = values.get(key);
        return value == null
                ? new DescriptionException(name, key + ": " + wrong)
                : wrong(value, key + ": " + wrong);
    }

    private DescriptionException wrong(Node node, String wrong) {
        return new DescriptionException(where(node), wrong);
    }

    private String where(Node node) {
        return name + " line " + (node.getStartMark().getLine() + 1);
    }

    private static boolean isNothing(Node node) {
        return Tag.NULL.equals(node.getTag());
    }
}
