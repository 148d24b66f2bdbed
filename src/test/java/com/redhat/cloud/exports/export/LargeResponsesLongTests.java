package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same with four times as many clients, 1 GiB of heap and the JVM options of a deployment: others wait little. */
@Tag("long")
class LargeResponsesLongTests extends LargeResponsesTests {

    private Duration quiet;

    @Override
    protected List<String> jvmOptions() {
        return List.of("-Xmx1g", "-XX:TieredStopAtLevel=4", "-XX:NewRatio=3", "-XX:+UseCompactObjectHeaders");
    }

    @Override
    protected int times() {
        return 4;
    }

    @BeforeAll
    void measureQuiet() {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        quiet = percentile99(askUntil(() -> System.nanoTime() > end));
    }

    @Override
    protected void checkBystander(List<Duration> times) {
        System.out.printf(
                "status of another tenant: p99 %s of %d, quiet %s%n", percentile99(times), times.size(), quiet);
        assertThat(percentile99(times)).isLessThan(quiet.multipliedBy(10));
    }

    private static Duration percentile99(List<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        return sorted.get(sorted.size() * 99 / 100);
    }
}
