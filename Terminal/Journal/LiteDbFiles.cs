namespace Terminal.Journal;

/// <summary>
/// The two files of a LiteDB journal, in a folder of their own so that one rename moves both. Opening them moves what
/// was committed from the log into the data; only then may LiteDB look.
/// </summary>
public sealed class LiteDbFiles : IDisposable
{
    readonly LiteDbLog log;
    readonly LiteDbData data;

    /// <summary>
    /// Over any two streams that read, write and seek, are nobody else's, and whose Flush is durable.
    /// </summary>
    /// <exception cref="InvalidDataException">The log does not belong to the data, or is damaged.</exception>
    /// <exception cref="IOException">They cannot be read or written.</exception>
    public LiteDbFiles(Stream data, Stream log)
    {
        var fault = new LiteDbPages.Fault();
        try
        {
            this.data = new(data, fault);
            this.log = new(log, fault);
            if (this.log.IsNew && data.Length > 0)
            {
                throw new InvalidDataException("there is data, but its log is gone");
            }
            if (this.log.IsUnused && this.data.Length <= LiteDbPages.PageLength)
            {
                this.data.SetLength(0); // At most LiteDB's first page, and a power cut may have torn it.
            }
            this.log.MoveInto(this.data);
        }
        catch
        {
            data.Dispose();
            log.Dispose();
            throw;
        }
    }

    /// <summary>Opens the files in a folder; nobody else can while they are open.</summary>
    /// <param name="create">Make what is not there.</param>
    public static LiteDbFiles Open(string folder, bool create)
    {
        var mode = create ? FileMode.OpenOrCreate : FileMode.Open;
        if (create)
        {
            Directory.CreateDirectory(folder);
        }
        var isNew = create && !(File.Exists(Path.Combine(folder, "data")) && File.Exists(Path.Combine(folder, "log")));
        var data = OpenFile("data");
        try
        {
            var log = OpenFile("log");
            if (isNew)
            {
                DirectorySync.Flush(folder);
                DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(folder))!);
            }
            return new(data, log);
        }
        catch
        {
            data.Dispose();
            throw;
        }

        FileStream OpenFile(string name) =>
            new(Path.Combine(folder, name), mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
    }

    internal Stream Data => data;

    internal Stream Log => log;

    public void Dispose()
    {
        data.Dispose();
        log.Dispose();
    }
}
