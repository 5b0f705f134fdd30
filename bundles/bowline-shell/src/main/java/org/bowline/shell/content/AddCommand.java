package org.bowline.shell.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Uploads;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Json;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Progress;
import org.bowline.shell.output.Screen;
import org.bowline.shell.output.Sizes;
import org.bowline.shell.output.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * {@code content:add}: uploads a file of this machine. The agent itself reads it, so no byte goes
 * through the shell.
 */
@Service
@Command(
        scope = "content",
        name = "add",
        description = "Adds a file of this machine to the group's content.")
public final class AddCommand extends BowlineCommand {
    @Argument(
            name = "file",
            description = "On the agent's machine.",
            multiValued = true,
            valueToShowInHelp = "")
    @Completion(FileCompleter.class)
    List<String> words = List.of();

    @Option(name = "--name", description = "What people call it; the file's name if left out.")
    @Nullable String name;

    @Option(name = "--digest", description = "What it must be: sha256: and 64 hex digits.")
    @Nullable String digest;

    @Option(name = "--dry-run", description = "Only says what would happen.")
    boolean dry;

    @Option(
            name = "-o",
            aliases = "--output",
            description = "table, json or yaml.",
            valueToShowInHelp = "table")
    @Completion(FormatCompleter.class)
    String format = "table";

    @Reference(optional = true)
    @Nullable Uploads uploads;

    @Override
    protected int run(Screen screen) throws Exception {
        Path path = session().currentDir().resolve(required(words, "file")).normalize();
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new UsageException("The agent cannot read a file " + path + ".");
        }
        String called = name == null ? path.getFileName().toString() : name;
        Optional<Digest> expected = expected();
        if (dry) {
            screen.line("%s would be added as %s.", Sizes.text(Files.size(path)), called);
            return OK;
        }
        CatalogItem item = upload(screen, path, called, expected);
        if (!"table".equals(format)) {
            Listing.tree(screen, format, Json.tree(ItemView.of(item)));
            return OK;
        }
        screen.line(
                "Added %s, revision %d, %s, %s",
                item.name(), item.revision(), Sizes.text(item.size()), item.digest());
        return OK;
    }

    private Optional<Digest> expected() throws UsageException {
        try {
            return Optional.ofNullable(digest).map(Digest::new);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage() + ": use sha256: and 64 hex digits.");
        }
    }

    private CatalogItem upload(Screen screen, Path path, String called, Optional<Digest> expected)
            throws IOException {
        Uploads room = room(uploads);
        long size = Files.size(path);
        Uploads.Upload upload = room.create(called, OptionalLong.of(size), screen.actor());
        Progress progress = new Progress(screen);
        boolean done = false;
        try (InputStream bytes = new Counted(Files.newInputStream(path), called, size, progress)) {
            room.append(upload.id(), upload.offset(), bytes);
            CatalogItem item = room.finish(upload.id(), expected);
            done = true;
            return item;
        } finally {
            progress.end();
            if (!done && room.find(upload.id()).isPresent()) {
                room.cancel(upload.id()); // nobody would come back for it
            }
        }
    }

    /** Shows how far the reader is. */
    private static final class Counted extends FilterInputStream {
        private final String what;
        private final long total;
        private final Progress progress;
        private long count;

        Counted(InputStream in, String what, long total, Progress progress) {
            super(in);
            this.what = what;
            this.total = total;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted");
            }
            int part = super.read(into, offset, length);
            count += Math.max(part, 0);
            progress.at(what, count, total);
            return part;
        }
    }
}
