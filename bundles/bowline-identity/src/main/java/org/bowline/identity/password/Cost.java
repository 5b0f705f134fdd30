package org.bowline.identity.password;

/**
 * What one Argon2id hash costs (RFC 9106, section 3.1). The upper bounds keep a hash that someone
 * wrote into a file from taking the agent's memory.
 *
 * @param memoryKiB KiB of memory while it is made, {@code m}
 * @param passes over that memory, {@code t}
 * @param lanes of computation, {@code p}
 */
record Cost(int memoryKiB, int passes, int lanes) {
    /** The most that any hash may take. */
    static final int MOST_MEMORY_KIB = 64 << 10;

    /** Of a new hash: the least that OWASP's cheat sheet on storing passwords calls enough. */
    static final Cost USUAL = new Cost(19456, 2, 1);

    private static final int MOST_PASSES = 10;
    private static final int MOST_LANES = 4;
    private static final int LEAST_KIB_PER_LANE = 8;

    Cost {
        if (lanes < 1 || lanes > MOST_LANES) {
            throw new IllegalArgumentException("Argon2 with p=" + lanes + ", expected 1 to 4");
        }
        if (passes < 1 || passes > MOST_PASSES) {
            throw new IllegalArgumentException("Argon2 with t=" + passes + ", expected 1 to 10");
        }
        if (memoryKiB < LEAST_KIB_PER_LANE * lanes || memoryKiB > MOST_MEMORY_KIB) {
            throw new IllegalArgumentException(
                    "Argon2 with m=" + memoryKiB + ", expected 8 KiB per lane to 64 MiB");
        }
    }
}
