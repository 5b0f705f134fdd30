package org.bowline.content.chunk;

/**
 * Cuts where the content says so, hence at the same places after bytes were put in or taken out:
 * FastCDC (Xia et al., USENIX ATC 2016) with a gear hash and normalised chunk sizes.
 *
 * <p>The hash of each byte is {@code h = (h << 1) + gear[byte]}, begun with 0 at the shortest
 * length. A chunk ends after the byte at which the top bits of {@code h} are zero: two bits more
 * than the average asks for while the chunk is shorter than the average, two bits fewer beyond it.
 */
final class FastCdc implements Cutter {
    private static final int NORMALISED = 2; // bits; level 2 of the paper
    private static final long[] GEAR = Gear.table();

    private final int min;
    private final int average;
    private final int max;
    private final long hard;
    private final long easy;

    FastCdc(int min, int average, int max) {
        this.min = min;
        this.average = average;
        this.max = max;
        int bits = Integer.numberOfTrailingZeros(average);
        hard = topBits(bits + NORMALISED);
        easy = topBits(bits - NORMALISED);
    }

    private static long topBits(int count) {
        return -1L << Long.SIZE - count;
    }

    @Override
    public int cut(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + max);
        int middle = Math.min(end, from + average);
        long[] gear = GEAR;
        long hash = 0;
        int at = from + min;
        for (; at < middle; at++) {
            hash = (hash << 1) + gear[bytes[at] & 0xff];
            if ((hash & hard) == 0) {
                return at + 1 - from;
            }
        }
        for (; at < end; at++) {
            hash = (hash << 1) + gear[bytes[at] & 0xff];
            if ((hash & easy) == 0) {
                return at + 1 - from;
            }
        }
        return end - from;
    }
}
