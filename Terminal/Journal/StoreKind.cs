namespace Terminal.Journal;

/// <summary>What a journal is stored in.</summary>
public enum StoreKind
{
    Sqlite,
    LiteDb,
}
