package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.download.DownloadAnswerFuzzer;
import com.redhat.cloud.exports.export.ExportRequestFuzzer;
import com.redhat.cloud.exports.export.ListQueryFuzzer;
import com.redhat.cloud.exports.identity.IdentityFuzzer;
import com.redhat.cloud.exports.identity.PreSharedKeysFuzzer;
import com.redhat.cloud.exports.platform.http.QueryStringFuzzer;
import com.redhat.cloud.exports.platform.http.RequestPathFuzzer;
import com.redhat.cloud.exports.platform.http.UuidsFuzzer;
import com.redhat.cloud.exports.upload.validation.CsvValidatorFuzzer;
import com.redhat.cloud.exports.upload.validation.JsonValidatorFuzzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The inputs that fuzzing starts from and those it has found, in {@code src/test/resources/fuzz}: one directory per target. */
class FuzzSeedsTests {

    private static final Path SEEDS = Path.of("src", "test", "resources", "fuzz");

    private static final Map<Class<?>, Consumer<byte[]>> TARGETS = Map.ofEntries(
            Map.entry(IdentityFuzzer.class, IdentityFuzzer::fuzzerTestOneInput),
            Map.entry(PreSharedKeysFuzzer.class, PreSharedKeysFuzzer::fuzzerTestOneInput),
            Map.entry(ExportRequestFuzzer.class, ExportRequestFuzzer::fuzzerTestOneInput),
            Map.entry(ListQueryFuzzer.class, ListQueryFuzzer::fuzzerTestOneInput),
            Map.entry(UuidsFuzzer.class, UuidsFuzzer::fuzzerTestOneInput),
            Map.entry(RequestPathFuzzer.class, RequestPathFuzzer::fuzzerTestOneInput),
            Map.entry(QueryStringFuzzer.class, QueryStringFuzzer::fuzzerTestOneInput),
            Map.entry(DownloadAnswerFuzzer.class, DownloadAnswerFuzzer::fuzzerTestOneInput),
            Map.entry(JsonValidatorFuzzer.class, JsonValidatorFuzzer::fuzzerTestOneInput),
            Map.entry(CsvValidatorFuzzer.class, CsvValidatorFuzzer::fuzzerTestOneInput));

    static Stream<Arguments> targets() {
        return TARGETS.entrySet().stream()
                .map(target ->
                        Arguments.argumentSet(target.getKey().getSimpleName(), target.getKey(), target.getValue()));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everySeedPasses(Class<?> name, Consumer<byte[]> target) throws IOException {
        try (var seeds = Files.list(SEEDS.resolve(name.getName()))) {
            var files = seeds.toList();
            assertThat(files).isNotEmpty().allSatisfy(seed -> target.accept(Files.readAllBytes(seed)));
        }
    }

    /** {@code tools/fuzz/fuzz} runs the targets that have a directory. */
    @Test
    void everyTargetHasSeeds() throws IOException {
        try (var directories = Files.list(SEEDS)) {
            assertThat(directories.map(directory -> directory.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            TARGETS.keySet().stream().map(Class::getName).collect(Collectors.toSet()));
        }
    }
}
