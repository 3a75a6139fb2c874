namespace Sandbox.Journal;

/// <summary>How an append fails; the caller cannot tell the two failures apart.</summary>
public enum JournalFault
{
    None,
    /// <summary>Nothing reached the disk.</summary>
    BeforeWriting,
    /// <summary>Everything reached the disk.</summary>
    AfterWriting,
}
