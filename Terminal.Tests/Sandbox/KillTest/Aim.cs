namespace Sandbox.KillTest;

/// <summary>The moment at which the service is killed.</summary>
enum Aim
{
    /// <summary>The till heard the approval and has not answered.</summary>
    StatusSent,
    /// <summary>The terminal took in the till's answer to the approval.</summary>
    AckReceived,
    /// <summary>The journal holds that answer.</summary>
    AckDurable,
    /// <summary>The till heard 06 0F and has not answered.</summary>
    CompletionSent,
    /// <summary>The till refused the approval, and the journal holds that it is taken back.</summary>
    WithdrawnDurable,
    /// <summary>The till refused the approval, and the cancel arrived at the gateway.</summary>
    ReversalSent,
    /// <summary>At any time from the order on.</summary>
    Random,
}
