using Terminal.Panel.Words;
using Terminal.Payments;

namespace Terminal;

/// <summary>Why a start takes no new payments, while those that are open go on.</summary>
/// <param name="Text">What happened and what to do, for the status.</param>
sealed record StartRefusal(FieldCode Code, RefusalReason Reason, string Text);
