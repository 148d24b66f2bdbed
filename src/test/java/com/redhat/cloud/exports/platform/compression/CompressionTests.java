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

/** The engine that the service chooses at the start, by its settings and the libraries of the machine. */
@ExtendWith(OutputCaptureExtension.class)
class CompressionTests {

    @Test
    void isalIsUsedWhereItWorks(CapturedOutput output) {
        Bodies.assumeWorks(DeflaterChoice.ISAL);
        Bodies.compression(DeflaterChoice.AUTO).close();
        assertThat(output).contains("uploads are deflated by ISA-L");
    }

    @Test
    void aLevelAboveOneIsLeftToTheJdk(CapturedOutput output) {
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
    void aMissingIsalThatIsRequiredEndsTheStart() {
        assertThatThrownBy(() -> new Compression(Bodies.settings("isal", 1), Bodies.NO_LIBRARY, 2))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("EXPORT_DEFLATER", "isal", Bodies.NO_LIBRARY, "auto, parallel or jdk");
    }

    /** Another library. */
    @Test
    void aLibraryWithoutTheFunctionsIsNoIsal() {
        assertThatThrownBy(() -> new Compression(Bodies.settings("isal", 1), "libc.so.6", 2))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("EXPORT_DEFLATER", "isal_deflate_init");
    }

    /** Except with {@code jdk}, which uses no other thread. */
    @ParameterizedTest
    @CsvSource({"auto, 3", "parallel, 3", "jdk, 0"})
    void everyCoreButOneDeflatesBesideTheBodiesOwnThreads(String choice, int threads, CapturedOutput output) {
        Bodies.compression(DeflaterChoice.valueOf(choice.toUpperCase(Locale.ROOT)))
                .close();
        assertThat(output).contains("with %d threads beside their own".formatted(threads));
    }
}
