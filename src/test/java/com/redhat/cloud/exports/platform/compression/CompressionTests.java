package com.redhat.cloud.exports.platform.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.config.UploadProperties.DeflaterChoice;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The engine that the service chooses at its start, by its settings and the libraries of the machine. */
@ExtendWith(OutputCaptureExtension.class)
class CompressionTests {

    @Test
    void isalIsTakenWhereItWorks(CapturedOutput output) {
        Bodies.assumeWorks(DeflaterChoice.ISAL);
        Bodies.compression(DeflaterChoice.AUTO).close();
        assertThat(output).contains("uploads are deflated by ISA-L");
    }

    @Test
    void aLevelAboveOneAsksForSmallerStreamsThanIsalWrites(CapturedOutput output) {
        new Compression(Bodies.settings("auto", 6), Isal.LIBRARY, 2).close();
        assertThat(output).contains("uploads are deflated by the JDK at level 6");
    }

    @Test
    void withoutIsalTheJdkDeflates(CapturedOutput output) {
        byte[] body = Bodies.text(100_000);
        assertThat(Bodies.inflate(Bodies.deflate(Bodies.settings("auto", 1), body)))
                .isEqualTo(body);
        assertThat(output).contains("uploads are deflated by the JDK at level 1 (ISA-L: ", Bodies.NO_LIBRARY);
    }

    @Test
    void isalThatIsAskedForAndNotThereEndsTheStart() {
        assertThatThrownBy(() -> new Compression(Bodies.settings("isal", 1), Bodies.NO_LIBRARY, 2))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("EXPORT_DEFLATER", "isal", Bodies.NO_LIBRARY, "auto, parallel or jdk");
    }

    /** A library that is there, but is another one. */
    @Test
    void aLibraryWithoutTheFunctionsIsNoIsal() {
        assertThatThrownBy(() -> new Compression(Bodies.settings("isal", 1), "libc.so.6", 2))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("EXPORT_DEFLATER", "isal_deflate_init");
    }

    /** But for {@code jdk}, which asks for none. */
    @ParameterizedTest
    @CsvSource({"auto, 3", "parallel, 3", "jdk, 0"})
    void everyCoreButOneDeflatesBesideTheBodiesOwnThreads(String choice, int threads, CapturedOutput output) {
        Bodies.compression(DeflaterChoice.valueOf(choice.toUpperCase(Locale.ROOT)))
                .close();
        assertThat(output).contains("with %d threads beside their own".formatted(threads));
    }
}
