namespace Sandbox.PowerCut;

/// <summary>A planted fault that must turn the enumeration red.</summary>
public enum PowerCutPlant
{
    None,
    /// <summary>No flush reaches the medium.</summary>
    NoFsync,
    /// <summary>A commit may share its last 4 KiB block with the next one.</summary>
    SharedBlocks,
}
