package org.bowline.content.chunk;

/** Decides where one chunk ends and the next begins. Has no state: safe for use by any thread. */
interface Cutter {
    /**
     * The length of the chunk that begins at {@code from}.
     *
     * @param bytes where the chunk lies
     * @param from its first byte
     * @param to the end of the bytes at hand: at least the longest chunk's, or the content's end
     */
    int cut(byte[] bytes, int from, int to);
}
