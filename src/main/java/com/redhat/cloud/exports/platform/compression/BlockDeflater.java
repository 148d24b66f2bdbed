package com.redhat.cloud.exports.platform.compression;

/** Deflates one block after another, of any bodies; for one thread at a time. Its memory is off the heap. */
interface BlockDeflater extends AutoCloseable {

    /**
     * Bytes given to native code in one call: until it returns, the garbage collector cannot stop its thread, and a virtual
     * one keeps its carrier.
     */
    int PIECE = 64 * 1024;

    /**
     * Deflates a block into {@link BlockBuffer#deflated}. Matches may reach back into the block's history. The output ends on
     * a whole byte, so that the next block's can follow it; that of the last block ends the stream.
     */
    void deflate(BlockBuffer block);

    /** Frees the memory. */
    @Override
    void close();
}
