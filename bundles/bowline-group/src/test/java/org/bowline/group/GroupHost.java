package org.bowline.group;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bowline.api.Actor;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Slice;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.LoopbackPeers;
import org.bowline.testkit.MemoryPresence;
import org.bowline.testkit.MemoryTrust;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;

/** A host with a real group on a disk and a network in memory; it can be stopped and started. */
final class GroupHost implements Closeable {
    /** What the tests keep in their slice. */
    record Note(String text) {}

    static final String SLICE = "notes";
    static final Duration LOST = Duration.ofMillis(700);
    static final Actor ANNA = new Actor("anna", "rest");

    final TestIdentity identity = new TestIdentity();
    final Endpoint at;
    final TestHost host;
    final MemoryTrust trust;
    final MemoryPresence presence;
    private final LoopbackNetwork network;
    private LoopbackPeers peers;
    private ReplicatedGroup group;
    private Consumer<String> steps = step -> {};

    private GroupHost(LoopbackNetwork network, Endpoint at, TestHost host) {
        this.network = network;
        this.at = at;
        this.host = host;
        trust = new MemoryTrust(identity.trusted(at));
        presence = new MemoryPresence(new MemoryPresence.Board(), id(), host.bootId());
    }

    /** Starts a host for the first time. */
    static GroupHost start(LoopbackNetwork network, String name, Path data) throws IOException {
        Endpoint at = network.reserve();
        TestHost host = TestHost.linkable(name, data.resolve(name), at);
        GroupHost started = new GroupHost(network, at, host);
        started.start();
        return started;
    }

    /** Another host, with a key of its own, over the disk of that one. */
    static GroupHost over(TestHost disk, LoopbackNetwork network) {
        return new GroupHost(network, network.reserve(), disk);
    }

    /** Starts it again, from what is on its disk. */
    void start() throws IOException {
        peers = new LoopbackPeers(network.join(at, identity, trust), trust);
        group =
                new ReplicatedGroup(
                        peers, trust, identity, host, presence, LOST, step -> steps.accept(step));
        group.open();
        group.handlers().forEach(peers::host);
    }

    /** Stops it; {@link #start} goes on from its disk. */
    void stop() throws IOException {
        peers.close();
        group.close();
    }

    /**
     * Ends it as a kill does, as far as the disk can tell: what {@link #start} finds is what was
     * there before anything could be put in order.
     */
    void kill() throws IOException {
        awaitSettled();
        Path copy = host.data().resolveSibling(host.facts().name() + "-killed");
        copy(host.data(), copy);
        stop();
        delete(host.data());
        Files.move(copy, host.data());
    }

    /** Copies its disk as it is now: what a kill at this moment leaves behind. */
    Path image(Path into) {
        try {
            copy(host.data(), into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return into;
    }

    /** Starts it, once it is stopped, from that image of its disk. */
    void startFrom(Path image) throws IOException {
        delete(host.data());
        copy(image, host.data());
        start();
    }

    /** The groups that its disk has something of. */
    List<String> groupsOnDisk() throws IOException {
        try (Stream<Path> all = Files.list(host.data().resolve("group"))) {
            return all.filter(Files::isDirectory)
                    .map(directory -> directory.getFileName().toString())
                    .filter(name -> !name.equals("aside"))
                    .toList();
        }
    }

    /** Waits until nothing is left of the groups that it was in before. */
    void awaitSettled() {
        Awaitility.await().until(() -> groupsOnDisk().equals(List.of(view().id())));
    }

    /** Tells that one what a move to another group has done so far. */
    void steps(Consumer<String> next) {
        steps = next;
    }

    /** Copies a folder that lives on meanwhile: a file that goes away on the way is not missed. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes as)
                            throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(path).toString()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes as)
                            throws IOException {
                        try {
                            Files.copy(path, to.resolve(from.relativize(path).toString()));
                        } catch (NoSuchFileException e) {
                            return FileVisitResult.CONTINUE;
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }
                });
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Serves a protocol its own way, as a host may that was taken over. */
    void serve(ProtocolHandler handler) {
        peers.host(handler);
    }

    boolean leads() {
        return view().voter() && view().leader().equals(Optional.of(id()));
    }

    /** Waits until it may take over. */
    void awaitLost() {
        Awaitility.await()
                .until(() -> view().leaderLost().filter(l -> l.compareTo(LOST) > 0).isPresent());
    }

    HostId id() {
        return identity.id();
    }

    ReplicatedGroup group() {
        return group;
    }

    GroupView view() {
        return group.view();
    }

    Member member() {
        return new Member(id(), identity.key(), host.facts(), 0);
    }

    Slice<Note> notes() {
        return group.slice(SLICE, Note.class);
    }

    List<String> texts() {
        return notes().all().values().stream().map(entry -> entry.value().text()).toList();
    }

    /** Commits one note under its own text. */
    long write(String text) throws IOException {
        return write(text, text);
    }

    long write(String key, String text) throws IOException {
        return group.commit(Commit.of(ANNA, notes().put(key, new Note(text))));
    }

    /** Admits another host and makes it follow. */
    void link(GroupHost other) throws IOException {
        group.commit(Commit.of(ANNA, new Change.Admit(other.member())));
        other.group().follow(group.invitation(other.id()));
    }

    Set<HostId> trusted() {
        return Set.copyOf(trust.all().stream().map(trusted -> trusted.id()).toList());
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
