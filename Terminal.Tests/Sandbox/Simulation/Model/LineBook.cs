using Terminal.Journal;

namespace Sandbox.Simulation.Model;

/// <summary>The model's book of the till's line: what leaves as bytes and what the till reads of it.</summary>
sealed class LineBook(Agenda agenda, Books books)
{
    const long Rounding = TimeSpan.TicksPerMillisecond;

    readonly Dictionary<int, PaymentPage> traces = [];

    /// <summary>When the till gave its newest command.</summary>
    public long AskedAt { get; set; }

    /// <summary>The trace number that a payment was recorded with.</summary>
    public void Numbered(Entry requested, PaymentPage page) =>
        traces[EntryText.Number(requested.Body, "trace")] = page;

    /// <summary>The first byte of a final 04 0F leaves, on a line that is open.</summary>
    public void AnswerLeaves(int trace)
    {
        if (traces.TryGetValue(trace, out var page))
        {
            page.Answered = true;
        }
    }

    /// <summary>A new 04 FF leaves.</summary>
    /// <param name="order">What the till waits for.</param>
    public void ProgressLeaves(OrderPage? order)
    {
        if (order?.Payments is [.., { T0: >= 0, Answered: false } page] && page.T0 >= AskedAt &&
            agenda.Now > page.T0 + Books.LastProgress.Ticks + Rounding)
        {
            books.Break("M5", $"payment {page} ({order}): 04 FF started after 23 s");
        }
    }

    /// <summary>Where orders are numbered, only what began under its number is an order's result.</summary>
    /// <param name="asked">The till waits for its order, not for 06 20.</param>
    public void Tells(PaymentPage page, bool asked)
    {
        if (asked && page is { IsSale: true, Order.Number: > 0 } && page.Number != page.Order.Number)
        {
            books.Break("numbers", $"payment {page} ({page.Order}) is told to an order under a new number");
        }
    }

    /// <summary>A 04 0F of the whole amount crossed the answer that took a part: it came twice.</summary>
    bool IsFromBefore(PaymentPage page, long? minor) => minor == page.Order.Minor && page.DeliveredAt >= AskedAt;

    /// <summary>A till reads of a payment in 04 0F.</summary>
    /// <returns>Which one; null if nobody made it.</returns>
    public PaymentPage? Told(int trace, long? minor, bool approved)
    {
        var page = traces.GetValueOrDefault(trace);
        if (page is null && books.JournalFailed && !approved)
        {
            return null; // Its commit failed: nobody knows what becomes of it.
        }
        if (page is null)
        {
            books.Break("M2", $"the till is told of payment {trace}, which nobody made");
        }
        else if (minor != page.Minor && !IsFromBefore(page, minor) &&
            (approved || page.Order.Errand != Errand.Close))
        {
            books.Break("M2", $"payment {page}: the till is told {minor}, it ordered {page.Minor}");
        }
        else if (approved && !page.Approved)
        {
            books.Break("M2", $"payment {page}: 27 00 on the line, although it was not approved");
        }
        return page;
    }
}
