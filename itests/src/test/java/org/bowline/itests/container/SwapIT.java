package org.bowline.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Inside the packed Karaf: each room is taken out, put back and replaced while the others live. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapIT {
    private static final Set<String> SWAPPABLE =
            Set.of(
                    "bowline-transport-tls",
                    "bowline-peers",
                    "bowline-group",
                    "bowline-audit",
                    "bowline-pairing",
                    "bowline-content",
                    "bowline-rest",
                    "bowline-local-ui",
                    "bowline-shell");

    private static final int SATISFIED =
            ComponentConfigurationDTO.SATISFIED | ComponentConfigurationDTO.ACTIVE;

    @Inject private FeaturesService features;
    @Inject private BundleContext context;
    @Inject private ServiceComponentRuntime components;

    @Configuration
    public Option[] packedAgent() {
        return PackedKaraf.packed();
    }

    @Test
    public void eachFeatureIsInstalledAndSatisfied() throws Exception {
        for (String feature : SWAPPABLE) {
            assertTrue(feature, features.isInstalled(features.getFeature(feature)));
            awaitSatisfied(bundle(feature));
        }
    }

    @Test
    public void eachFeatureIsTakenOutAndPutBackAlone() throws Exception {
        for (String feature : SWAPPABLE) {
            Map<String, String> neighbours = neighboursOf(feature);

            features.uninstallFeature(
                    feature, version(), EnumSet.noneOf(FeaturesService.Option.class));
            assertFalse(feature, find(feature).findAny().isPresent());
            assertEquals(feature + " taken out", neighbours, neighboursOf(feature));

            features.installFeature(
                    feature, version(), EnumSet.noneOf(FeaturesService.Option.class));
            awaitSatisfied(bundle(feature));
            assertEquals(feature + " put back", neighbours, neighboursOf(feature));
        }
        awaitAllSatisfied();
    }

    @Test
    public void eachFeatureIsReplacedByItsNextVersionAndBack() throws Exception {
        for (String feature : SWAPPABLE) {
            Map<String, String> neighbours = neighboursOf(feature);
            String before = bundle(feature).getVersion().toString();
            URI repository = nextVersion(feature);

            features.addRepository(repository);
            upgrade(feature, "0.1.99");
            assertEquals("0.1.99", bundle(feature).getVersion().toString());
            awaitSatisfied(bundle(feature));
            assertEquals(feature + " replaced", neighbours, neighboursOf(feature));

            upgrade(feature, version());
            assertEquals(before, bundle(feature).getVersion().toString());
            awaitSatisfied(bundle(feature));
            features.removeRepository(repository);
        }
        awaitAllSatisfied();
    }

    private void upgrade(String feature, String version) throws Exception {
        String other = version.equals(version()) ? "0.1.99" : version();
        features.installFeatures(
                Set.of(feature + "/" + version), EnumSet.of(FeaturesService.Option.Upgrade));
        if (features.isInstalled(features.getFeature(feature, other))) {
            features.uninstallFeature(feature, other, EnumSet.noneOf(FeaturesService.Option.class));
        }
    }

    /** Bundle ids and states of all of Bowline but that one. */
    private Map<String, String> neighboursOf(String feature) {
        Map<String, String> found = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            String name = String.valueOf(bundle.getSymbolicName());
            if (name.startsWith("org.bowline.") && !name.equals(symbolicName(feature))) {
                found.put(name, bundle.getBundleId() + " " + bundle.getState());
            }
        }
        return found;
    }

    private void awaitAllSatisfied() throws InterruptedException {
        for (String feature : SWAPPABLE) {
            awaitSatisfied(bundle(feature));
        }
    }

    private void awaitSatisfied(Bundle bundle) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String open = unsatisfied(bundle);
        while (!open.isEmpty() || bundle.getState() != Bundle.ACTIVE) {
            assertTrue(
                    bundle + " in state " + bundle.getState() + " lacks " + open,
                    System.nanoTime() < deadline);
            TimeUnit.MILLISECONDS.sleep(50);
            open = unsatisfied(bundle);
        }
    }

    private String unsatisfied(Bundle bundle) {
        Collection<ComponentDescriptionDTO> described =
                components.getComponentDescriptionDTOs(bundle);
        return described.stream()
                .filter(
                        component ->
                                components.getComponentConfigurationDTOs(component).stream()
                                        .noneMatch(each -> (each.state & SATISFIED) != 0))
                .map(component -> component.name)
                .collect(Collectors.joining(", "));
    }

    private Bundle bundle(String feature) {
        return find(feature)
                .findAny()
                .orElseThrow(() -> new AssertionError("no bundle of " + feature));
    }

    private Stream<Bundle> find(String feature) {
        return Stream.of(context.getBundles())
                .filter(bundle -> symbolicName(feature).equals(bundle.getSymbolicName()));
    }

    private static String symbolicName(String feature) {
        return "org." + feature.replace('-', '.');
    }

    private String version() throws Exception {
        return features.getFeature("bowline-api").getVersion();
    }

    /** Writes a repository with the same feature, one version on. */
    private URI nextVersion(String feature) throws Exception {
        Path folder = Files.createTempDirectory("bowline-next-");
        Path jar = folder.resolve(feature + ".jar");
        String location =
                features.getFeature(feature, version()).getBundles().stream()
                        .map(info -> info.getLocation())
                        .filter(url -> url.contains("/" + feature + "/"))
                        .findAny()
                        .orElseThrow();
        copyAs(location, "0.1.99", jar);
        Path repository = folder.resolve("features.xml");
        Files.writeString(
                repository,
                """
                <features name="next-%1$s" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="%1$s" version="0.1.99"><bundle>%2$s</bundle></feature>
                </features>
                """
                        .formatted(feature, jar.toUri()));
        return repository.toUri();
    }

    private static void copyAs(String location, String version, Path jar) throws IOException {
        try (InputStream raw = URI.create(location).toURL().openStream();
                JarInputStream in = new JarInputStream(raw)) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (JarEntry entry = in.getNextJarEntry();
                        entry != null;
                        entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
    }
}
