package com.redhat.cloud.exports.platform.compression;

/** Deflates blocks of any bodies, one at a time. Its memory is off the heap. */
interface BlockDeflater extends AutoCloseable {

    /**
     * Bytes per call of native code, during which the garbage collector waits for the thread, and a virtual thread keeps its
     * carrier.
     */
    int PIECE = 64 * 1024;

    /**
     * Deflates a block into {@link BlockBuffer#deflated}. Matches may reach into the block's history. The output ends on a
     * whole byte, so that the next can follow; that of the last block ends the stream.
     */
    void deflate(BlockBuffer block);

    /** Frees the memory. */
    @Override
    void close();
}
