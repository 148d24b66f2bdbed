package com.redhat.cloud.exports.hooks;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Has routes told of what happens to exports. The call is entered in the transaction of what it tells of, and made after
 * the commit. While no replica has a route for a hook, nothing is entered and the database is not asked.
 *
 * <p>Expired exports are not told of here: a trigger does it, whoever deletes them.
 */
@Component
public class Hooks {

    private final HookCalls calls;
    private final HookRelay relay;
    private final TransactionOperations transaction;

    Hooks(HookCalls calls, HookRelay relay, TransactionOperations transaction) {
        this.calls = calls;
        this.relay = relay;
        this.transaction = transaction;
    }

    /** Whether anybody is to be told. */
    public boolean isWanted(Hook hook) {
        return relay.isWanted(hook);
    }

    /** Tells of an export as it stands; the caller has a transaction. */
    public void happened(Hook hook, UUID exportId) {
        happened(hook, exportId, null);
    }

    /** Tells of a source as it stands; the caller has a transaction. */
    public void happened(Hook hook, UUID exportId, @Nullable UUID sourceId) {
        if (isWanted(hook)) {
            enter(hook, exportId, sourceId);
        }
    }

    /**
     * Makes a change that needs no transaction, and tells of it: in one transaction if anybody is to be told.
     *
     * @param exports that the change may have brought about; if it has not, nobody is told
     */
    public <T> T tellingOf(Hook hook, List<UUID> exports, Supplier<T> change) {
        if (!isWanted(hook)) {
            return change.get();
        }
        return transaction.execute(_ -> {
            T result = change.get();
            exports.forEach(export -> enter(hook, export, null));
            return result;
        });
    }

    private void enter(Hook hook, UUID exportId, @Nullable UUID sourceId) {
        calls.enter(hook, exportId, sourceId);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                relay.wake();
            }
        });
    }
}
