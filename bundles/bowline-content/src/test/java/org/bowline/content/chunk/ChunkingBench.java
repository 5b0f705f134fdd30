package org.bowline.content.chunk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.bowline.api.content.Digest;

/**
 * How the sizes of {@link Cutting#PLAIN} were chosen; no test, run by hand: {@code ChunkingBench
 * [old-file new-file]}, each below 2 GB.
 *
 * <p>(a) Without files: a tar-like 512 MiB of small files (median 8 KiB) and an update of it in
 * which 4 % of them are others, all over. (b) A tar of 600 MB of /usr/lib of Debian 12, and one in
 * which 0.25 % of the bytes are others. Bytes of the update that are in no chunk of the old one,
 * before compression; 2 cores, JDK 17, cutting alone, per CPU second:
 *
 * <pre>
 *                       (a) chunks, update        (b) chunks, update    speed
 * FastCDC   16 KiB      28 686     40.0 MB        31 464     4.1 MB     1.9 GB/s
 * FastCDC   32 KiB      14 338     56.9 MB        15 728     4.9 MB     1.9 GB/s
 * FastCDC   64 KiB       7 168     80.0 MB         7 844     6.5 MB     1.8 GB/s
 * FastCDC  128 KiB       3 589    125.5 MB         3 896     8.7 MB     1.5 GB/s
 * FastCDC  256 KiB       1 791    200.4 MB         1 949    13.4 MB     1.5 GB/s
 * FastCDC  512 KiB         889    286.9 MB         1 001    16.6 MB     1.6 GB/s
 * FastCDC 1024 KiB         541    469.9 MB           622    26.6 MB     1.8 GB/s
 * fixed   1024 KiB         512    536.9 MB           574   601.6 MB
 * </pre>
 *
 * <p>On the other side stands what a chunk costs as a file of its own: about 0.35 ms of CPU to
 * write, rename and make safe, so 1 GiB takes 5.7 s in chunks of 64 KiB and 1.4 s in chunks of 256
 * KiB; 100 GB are 1.5 million files or 380 thousand. Hence 256 KiB. What larger chunks move more in
 * an update can be won back on the way, by sending a chunk as the difference to the one that stood
 * in its place: the frames of {@code content/1} have room for that encoding, and it needs no other
 * chunks on disk.
 */
public final class ChunkingBench {
    private static final int SIZE = 512 << 20;

    private ChunkingBench() {}

    public static void main(String[] args) throws IOException {
        byte[] before = args.length == 2 ? Files.readAllBytes(Path.of(args[0])) : tree(0);
        byte[] after = args.length == 2 ? Files.readAllBytes(Path.of(args[1])) : tree(0.04);
        for (int average = 16 << 10; average <= 1 << 20; average <<= 1) {
            Cutting cutting =
                    new Cutting(
                            Cutting.CONTENT_DEFINED,
                            average / 4,
                            average,
                            Math.min(average * 4, Cutting.MAX_CHUNK));
            compare(cutting, before, after);
        }
        compare(Cutting.COMPRESSED, before, after);
    }

    private static void compare(Cutting cutting, byte[] before, byte[] after) throws IOException {
        cut(cutting, before);
        long start = cpu();
        int count = cut(cutting, before);
        double seconds = (cpu() - start) / 1e9;
        Set<Digest> held = new HashSet<>();
        hash(cutting, before, held);
        long fresh = hash(cutting, after, held);
        System.out.printf(
                Locale.ROOT,
                "%s average %4d KiB: %6d chunks, update %6.1f MB (%4.1f %%), %5.0f MB/s%n",
                cutting.way() == Cutting.FIXED ? "fixed  " : "FastCDC",
                cutting.average() >> 10,
                count,
                fresh / 1e6,
                100.0 * fresh / after.length,
                before.length / seconds / 1e6);
    }

    /** CPU time of this thread: the machine may do other things meanwhile. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static int cut(Cutting cutting, byte[] bytes) {
        Cutter cutter = cutting.cutter();
        int count = 0;
        for (int at = 0; at < bytes.length; count++) {
            at += cutter.cut(bytes, at, bytes.length);
        }
        return count;
    }

    private static long hash(Cutting cutting, byte[] bytes, Set<Digest> held) throws IOException {
        long[] fresh = {0};
        Chunker chunker = new Chunker(cutting);
        Chunker.Sink sink =
                new Chunker.Sink() {
                    @Override
                    public void read(byte[] from, int off, int len) {
                        // the whole is not hashed here
                    }

                    @Override
                    public void chunk(byte[] from, int off, int len) {
                        if (held.add(Sha256.digest(from, off, len))) {
                            fresh[0] += len;
                        }
                    }
                };
        chunker.feed(new ByteArrayInputStream(bytes), sink);
        chunker.finish(sink);
        return fresh[0];
    }

    /** Files one after another; that share of their bytes is another than at a share of 0. */
    private static byte[] tree(double changed) {
        byte[] all = new byte[SIZE];
        Random sizes = new Random(1);
        Random choice = new Random(2);
        int at = 0;
        for (int file = 0; at < SIZE; file++) {
            int size = (int) Math.min(SIZE - at, 512 * Math.exp(2.8 + 1.7 * sizes.nextGaussian()));
            boolean other = choice.nextDouble() < changed;
            byte[] bytes = new byte[size + 512];
            new Random(other ? -file - 1 : file).nextBytes(bytes);
            int length = Math.min(SIZE - at, bytes.length - (other && file % 2 == 0 ? 512 : 0));
            System.arraycopy(bytes, 0, all, at, length);
            at += length;
        }
        return all;
    }
}
