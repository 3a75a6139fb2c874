namespace Sandbox.Simulation.Model;

/// <summary>Sales of which the till issued a part of the goods: that part stays, and the rest goes back.</summary>
sealed partial class Books
{
    /// <summary>What the journal says of a sale of which the till issued a part.</summary>
    void Parts(string kind, PaymentPage page, byte[] body)
    {
        var part = page.Delivered is not null;
        Require(kind != "acknowledged" || page.Order.AckSent, "M11", page, "acknowledged by nobody");
        switch (kind)
        {
            case "acknowledged" when page.IsSale:
                if (EntryText.Has(body, "delivered"))
                {
                    page.Deliver(EntryText.Number(body, "delivered"), agenda.Now);
                }
                // Only its receipt number comes with the next order, which says no amount.
                Require(
                    page.Delivered == page.Order.Part || (page is { Delivered: null, Order.IsMirrored: true }),
                    "M11", page, $"acknowledged for {page.Minor}, goods were issued for {page.Order.Issued.Minor}");
                break;
            case "refund-settled" when part: page.Refunded += EntryText.Number(body, "minor"); break;
            case "resolved" when part: page.Refunded = page.IsRestOpen ? page.Undelivered : page.Order.Minor; break;
        }
    }
}
