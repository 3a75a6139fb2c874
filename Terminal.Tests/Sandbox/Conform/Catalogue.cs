using Sandbox.Conform.Cases;

namespace Sandbox.Conform;

/// <summary>Every case for a terminal, in the order in which they are played.</summary>
static class Catalogue
{
    public static readonly IReadOnlyList<Case> All =
    [
        .. AgreementCases.All.OrderByDescending(c => c.Needs.HasFlag(Needs.Fresh)),
        .. LineCases.All,
        .. TcpCases.All,
        .. OrderCases.All,
        .. BusyCases.All,
        .. PaymentCases.All,
        .. ResendCases.All,
        .. RecoveryCases.All,
        .. PartialCases.All,
        .. NegotiationCases.All,
        .. ReturnCases.All,
    ];
}
