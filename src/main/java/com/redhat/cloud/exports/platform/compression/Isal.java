package com.redhat.cloud.exports.platform.compression;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** Intel's ISA-L, a library of the machine (Debian: {@code libisal2}): the functions of {@code igzip_lib.h} that are used. */
final class Isal {

    /** The 2 stands for the layout of the structures. */
    static final String LIBRARY = "libisal.so.2";

    private final MethodHandle init;
    private final MethodHandle reset;
    private final MethodHandle setDictionary;
    private final MethodHandle deflate;

    /** @throws IllegalArgumentException when the library is missing, or lacks a function */
    Isal(String library) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
        init = linker.downcallHandle(symbols.findOrThrow("isal_deflate_init"), FunctionDescriptor.ofVoid(ADDRESS));
        reset = linker.downcallHandle(symbols.findOrThrow("isal_deflate_reset"), FunctionDescriptor.ofVoid(ADDRESS));
        setDictionary = linker.downcallHandle(
                symbols.findOrThrow("isal_deflate_set_dict"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        deflate = linker.downcallHandle(symbols.findOrThrow("isal_deflate"), FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    /** Initialises a {@code struct isal_zstream}, with level 0 and no buffer. */
    void init(MemorySegment stream) {
        try {
            init.invokeExact(stream);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Starts a new stream, keeping level and buffer. */
    void reset(MemorySegment stream) {
        try {
            reset.invokeExact(stream);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    void setDictionary(MemorySegment stream, MemorySegment dictionary) {
        try {
            require("isal_deflate_set_dict", (int)
                    setDictionary.invokeExact(stream, dictionary, (int) dictionary.byteSize()));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    void deflate(MemorySegment stream) {
        try {
            require("isal_deflate", (int) deflate.invokeExact(stream));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static void require(String function, int result) {
        if (result != 0) {
            throw new IllegalStateException(function + " answered " + result);
        }
    }

    private static RuntimeException unexpected(Throwable e) {
        return e instanceof IllegalStateException state
                ? state
                : new IllegalStateException("ISA-L cannot be called", e);
    }
}
