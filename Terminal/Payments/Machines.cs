using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Payments;

/// <summary>The three machines that a desk lets talk to each other.</summary>
sealed record Machines(Policy Policy, Payment Payment, Delivery Delivery, Lane Lane);
