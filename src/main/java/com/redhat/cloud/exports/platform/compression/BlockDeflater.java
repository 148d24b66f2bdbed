package com.redhat.cloud.exports.platform.compression;

/** Deflates one block after the other, of any bodies; for one thread at a time. Its memory is not on the heap. */
interface BlockDeflater extends AutoCloseable {

    /**
     * Bytes given to native code in one call: until it returns, its thread cannot be stopped for the garbage collector, and
     * a virtual one keeps its carrier.
     */
    int PIECE = 64 * 1024;

    /**
     * Deflates a block into {@link Block#deflated}. Its matches may reach back into the block's history. What comes out
     * ends on a whole byte and can be followed by the next block's; that of the last block ends the stream.
     */
    void deflate(Block block);

    /** Frees the memory. */
    @Override
    void close();
}
