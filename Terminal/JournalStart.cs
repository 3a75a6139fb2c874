using System.Security.Cryptography;
using Terminal.Acquirer;
using Terminal.Checkout;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Journal.Books;
using Terminal.Journal.Log;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Terminal;

/// <summary>
/// The journal as this start found it. What cannot be trusted stops new payments, not recovery. With a damaged journal,
/// the open payments that can be read are cancelled as far as that needs no record. With a lost key of used codes,
/// everything goes on but new codes.
/// </summary>
sealed class JournalStart : IDisposable
{
    static readonly TimeSpan TimeToAsk = TimeSpan.FromMinutes(3);

    readonly IDisposable? ownership;
    string? unreadable;
    ITimer? timer;

    JournalStart(PaymentJournal store, IDisposable? ownership)
    {
        (Store, this.ownership) = (store, ownership);
        Ledger = new(store);
    }

    public PaymentJournal Store { get; }

    public Ledger Ledger { get; }

    /// <summary>Null: new payments are taken.</summary>
    public StartRefusal? Refusal { get; private set; }

    /// <summary>The mark of orders that the till hears are accepted; null: no mark is kept.</summary>
    public OrderMark? Accepted { get; private set; }

    /// <summary>The real journal is left as it is: what is in this one is lost when the process ends.</summary>
    public bool IsRescue => ownership is not null;

    /// <summary>In a rescue: why every request of the till is refused.</summary>
    public RefusalReason? Deaf => IsRescue ? Refusal?.Reason : null;

    /// <summary>
    /// In a rescue: the payments that certainly may be cancelled, because no approval of them was recorded. Every other
    /// open one waits for a person, and for a journal that can be written.
    /// </summary>
    public IReadOnlySet<PaymentId> MayCancel => Ledger.Open()
        .Where(t => t.Payment is PaymentState.Interrupted { At: not InterruptedAt.RefundDue })
        .Select(t => t.Order.Id).ToHashSet();

    /// <exception cref="JournalFailedException">
    /// The journal is damaged and no open payment can be read, or the disk fails.
    /// </exception>
    /// <exception cref="SettingsException">
    /// The journal is missing, or another one: nothing is known to be ours.
    /// </exception>
    public static JournalStart Open(JournalPlace place, Stamp at)
    {
        try
        {
            return Of(place.Open(create: true), null, start => start.Mark(new FolderDisk(place.Home)));
        }
        catch (JournalFailedException e) when (e.IsDamage)
        {
            if (Rescue(place, at, e) is { } rescue)
            {
                return rescue;
            }
            throw;
        }
    }

    /// <summary>The seal of this device; binds the journal to its key at the first start.</summary>
    public CodeSeal Seal(string keyFile, CodeTable codes)
    {
        try
        {
            var bound = Store.CodeKey;
            var (key, problem) = Read(keyFile, isNeeded: bound is null || Ledger.Open().Count == 0);
            if (bound is null && !IsRescue)
            {
                key ??= KeyFile.Create(keyFile);
                Store.Bind(KeyFile.CheckOf(key));
            }
            else if (key is null || (bound is not null && !KeyFile.CheckOf(key).AsSpan().SequenceEqual(bound)))
            {
                Refusal ??= new(FieldCodes.CodeKeyLost, RefusalReason.CodeKeyLost,
                    $"{keyFile} is {(key is null ? problem : "another one")}, so codes that were used " +
                    "would not be known again; next step: that file from where it is whole, or, to give up which " +
                    "codes were used: terminal journal new-epoch");
            }
            return new(key ?? RandomNumberGenerator.GetBytes(32)) { Codes = codes };
        }
        catch (IOException e)
        {
            throw new JournalFailedException($"{keyFile}: {e.Message}; check the disk, then start again", e);
        }
    }

    /// <summary>A key that cannot be read does not stop open payments.</summary>
    (byte[]? Key, string Problem) Read(string keyFile, bool isNeeded)
    {
        try
        {
            return (KeyFile.Read(keyFile), "missing or no key");
        }
        catch (IOException e) when (!isNeeded || IsRescue)
        {
            unreadable = $"{keyFile}: {e.Message}; check the disk";
            return (null, $"not to be read ({e.Message})");
        }
    }

    /// <summary>
    /// Called after each step of the loop. If the start could not read a file of the state folder, the service starts
    /// again once nothing is open. Before that, tills have time to ask what became of their orders.
    /// </summary>
    public Action<DeskState, Transition<DeskState>> EndWith(Inbox inbox, TimeProvider time)
    {
        if (unreadable is null || IsRescue)
        {
            return (_, _) => { };
        }
        var isTime = false;
        timer = time.CreateTimer(
            _ =>
            {
                isTime = true;
                inbox.Wake();
            },
            null, TimeToAsk, Timeout.InfiniteTimeSpan);
        return (_, step) =>
        {
            if (isTime && step.State.Lane is LaneState.Idle && Ledger.Open().Count == 0)
            {
                inbox.Post(new LoopInput.JournalLost(unreadable));
            }
        };
    }

    /// <summary>The gateway; in a rescue, only the cancels that are certainly right.</summary>
    public IAcquirer Through(IAcquirer gateway) => IsRescue ? new CancelOnly(gateway, MayCancel) : gateway;

    /// <summary>Starts the books of this start's journal; they wait until the start is over.</summary>
    public Bookkeeper KeepBooks(JournalPlace place, Clock clock, Action<bool, string> report)
    {
        IDisk disk = IsRescue ? new MemoryDisk() : new FolderDisk(place.Home);
        Store.Books = new(disk, Store.View, clock) { Report = report };
        Store.Books.Start();
        return Store.Books;
    }

    public void Dispose()
    {
        timer?.Dispose();
        Accepted?.Dispose();
        Store.Dispose();
        ownership?.Dispose();
    }

    static JournalStart Of(PaymentJournal store, IDisposable? ownership, Action<JournalStart>? prepare = null)
    {
        try
        {
            JournalStart start = new(store, ownership);
            prepare?.Invoke(start);
            return start;
        }
        catch
        {
            store.Dispose();
            ownership?.Dispose();
            throw;
        }
    }

    /// <summary>A mark that cannot be read does not stop open payments.</summary>
    void Mark(IDisk disk)
    {
        try
        {
            Accepted = new(disk, Store);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && Ledger.Open().Count > 0)
        {
            unreadable = $"the newest order: {e.Message}; check the disk";
            Refusal = new(FieldCodes.JournalDown, RefusalReason.JournalDown,
                $"orders cannot be written down ({e.Message}); next step: check the disk");
        }
    }

    /// <returns>Null: no open payment can be read.</returns>
    static JournalStart? Rescue(JournalPlace place, Stamp at, Exception why)
    {
        if (!Directory.Exists(place.Home))
        {
            return null;
        }
        var (store, ownership) = place.Rescue(at);
        var start = Of(store, ownership);
        if (start.Ledger.Open().Count == 0)
        {
            start.Dispose();
            return null;
        }
        start.Refusal = new(Health.CodeOf(why)!, RefusalReason.JournalDamaged, why.Message);
        return start;
    }
}
