package com.redhat.cloud.exports.platform.storage;

import static org.mockito.Mockito.verify;

import com.redhat.cloud.exports.testing.RouteTest;
import org.junit.jupiter.api.Test;

class StorageRouteTests extends RouteTest {

    @Test
    void theObjectStoreIsPolled() throws Exception {
        var probe = bean("objectStoreProbe", ObjectStoreProbe.class);
        load("storage");
        call("poll-object-store");
        verify(probe).poll();
    }
}
