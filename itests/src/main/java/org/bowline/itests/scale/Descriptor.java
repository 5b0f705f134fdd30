package org.bowline.itests.scale;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A component as its bundle describes it to Declarative Services.
 *
 * @param type the class
 * @param parameters of the constructor, how many
 * @param pid of its settings
 * @param settled whether it waits until its settings are there
 * @param activate name of the method called at its start; empty for none
 * @param deactivate name of the method called at its end; empty for none
 * @param offers names of the services it is
 * @param needs the services it uses
 */
record Descriptor(
        Class<?> type,
        int parameters,
        String pid,
        boolean settled,
        String activate,
        String deactivate,
        List<String> offers,
        List<Need> needs) {

    /**
     * A service that a component uses.
     *
     * @param type name of the service
     * @param many whether it takes all there are
     * @param needed whether it cannot do without
     * @param dynamic whether it is told of services that come and go
     * @param parameter of the constructor that takes it; -1 for none
     * @param field that takes it; empty for none
     * @param bind method that takes one; empty for none
     * @param unbind method that is told that one goes; empty for none
     */
    record Need(
            String type,
            boolean many,
            boolean needed,
            boolean dynamic,
            int parameter,
            String field,
            String bind,
            String unbind) {}

    /** Every component of the bundles on the class path. */
    static List<Descriptor> all(ClassLoader loader) throws IOException {
        List<Descriptor> all = new ArrayList<>();
        for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
            try (InputStream in = url.openStream()) {
                String name = new Manifest(in).getMainAttributes().getValue("Bundle-SymbolicName");
                if (name == null || !name.startsWith("org.bowline.")) {
                    continue;
                }
            }
            String root = url.toString().replaceFirst("META-INF/MANIFEST\\.MF$", "");
            for (String file : files(url)) {
                all.add(read(loader, new URL(root + file)));
            }
        }
        return all;
    }

    private static List<String> files(URL manifest) throws IOException {
        try (InputStream in = manifest.openStream()) {
            String list = new Manifest(in).getMainAttributes().getValue("Service-Component");
            return list == null ? List.of() : List.of(list.split("\\s*,\\s*"));
        }
    }

    private static Descriptor read(ClassLoader loader, URL file) throws IOException {
        try (InputStream in = file.openStream()) {
            Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
            Element component = document.getDocumentElement();
            String init = component.getAttribute("init");
            return new Descriptor(
                    loader.loadClass(
                            elements(component, "implementation").get(0).getAttribute("class")),
                    init.isEmpty() ? 0 : Integer.parseInt(init),
                    component.getAttribute("configuration-pid"),
                    component.getAttribute("configuration-policy").equals("require"),
                    component.getAttribute("activate"),
                    component.getAttribute("deactivate"),
                    elements(component, "provide").stream()
                            .map(provide -> provide.getAttribute("interface"))
                            .toList(),
                    elements(component, "reference").stream().map(Descriptor::need).toList());
        } catch (ParserConfigurationException | SAXException | ClassNotFoundException e) {
            throw new IOException(file + " cannot be read", e);
        }
    }

    private static Need need(Element reference) {
        String cardinality = reference.getAttribute("cardinality");
        String parameter = reference.getAttribute("parameter");
        return new Need(
                reference.getAttribute("interface"),
                cardinality.endsWith("n"),
                !cardinality.startsWith("0"),
                reference.getAttribute("policy").equals("dynamic"),
                parameter.isEmpty() ? -1 : Integer.parseInt(parameter),
                reference.getAttribute("field"),
                reference.getAttribute("bind"),
                reference.getAttribute("unbind"));
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
