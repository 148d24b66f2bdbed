package com.redhat.cloud.exports.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.redhat.cloud.exports.platform.config.RateLimitProperties;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.platform.errors.ServiceException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTests {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final List<Duration> pauses = new ArrayList<>();
    private final Tenant tenant = new Tenant("", "one", "user");

    private RateLimit limit(int rate, int burst) {
        return new RateLimit(new RateLimitProperties(rate, burst), 1, now::get, pauses::add);
    }

    @Test
    void aBurstPassesAndTheNextRequestIsRefused() {
        RateLimit limit = limit(10, 3);
        for (int i = 0; i < 3; i++) {
            limit.require(tenant);
        }
        assertThatThrownBy(() -> limit.require(tenant)).isInstanceOfSatisfying(ServiceException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.TOO_MANY);
            assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        });
    }

    @Test
    void afterAnIntervalOneMorePasses() {
        RateLimit limit = limit(10, 1);
        limit.require(tenant);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        limit.require(tenant);
        assertThatThrownBy(() -> limit.require(tenant)).hasMessage("too many requests");
    }

    @Test
    void aRefusedRequestDoesNotLengthenTheWait() {
        RateLimit limit = limit(10, 1);
        limit.require(tenant);
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> limit.require(tenant)).hasMessage("too many requests");
        }
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        assertThatCode(() -> limit.require(tenant)).doesNotThrowAnyException();
    }

    /** Otherwise clients that ignore refusals would be refused as fast as the service can. */
    @Test
    void refusalsThatAreIgnoredAreDelayed() {
        RateLimit limit = limit(10, 3);
        for (int i = 0; i < 3; i++) {
            limit.require(tenant);
        }
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> limit.require(tenant)).hasMessage("too many requests");
        }
        assertThat(pauses).isEmpty();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> limit.require(tenant)).hasMessage("too many requests");
        }
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));

        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        limit.require(tenant);
        assertThat(pauses).hasSize(2);
    }

    @Test
    void otherOrganisationsAreNotAffected() {
        RateLimit limit = limit(1, 1);
        limit.require(tenant);
        assertThatCode(() -> limit.require(new Tenant("", "two", "user"))).doesNotThrowAnyException();
    }

    @Test
    void zeroMeansNoLimit() {
        RateLimit limit = limit(0, 1);
        for (int i = 0; i < 1000; i++) {
            limit.require(tenant);
        }
        assertThatCode(() -> limit.require(tenant)).doesNotThrowAnyException();
    }
}
