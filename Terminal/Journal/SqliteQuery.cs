using System.Text;
using SQLitePCL;

namespace Terminal.Journal;

/// <summary>One prepared statement: bind, then run it or read rows. Always reset, or it would pin the WAL.</summary>
sealed class SqliteQuery(SqliteFile file, sqlite3_stmt statement) : IDisposable
{
    int bound;

    public SqliteQuery With(long value)
    {
        file.Check(raw.sqlite3_bind_int64(statement, ++bound, value));
        return this;
    }

    public SqliteQuery With(string value)
    {
        file.Check(raw.sqlite3_bind_text(statement, ++bound, value));
        return this;
    }

    public SqliteQuery With(byte[] value)
    {
        file.Check(raw.sqlite3_bind_blob(statement, ++bound, value));
        return this;
    }

    public void Run() => Rows(_ => true);

    public IReadOnlyList<T> Rows<T>(Func<SqliteQuery, T> read)
    {
        file.ThrowIfBroken();
        try
        {
            var rows = new List<T>();
            while (file.Check(raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                rows.Add(read(this));
            }
            return rows;
        }
        finally
        {
            bound = 0;
            _ = raw.sqlite3_reset(statement); // Repeats the error of the step, which was checked.
        }
    }

    public T? First<T>(Func<SqliteQuery, T> read) where T : class => Rows(read) is [var first, ..] ? first : null;

    public long Long(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_INTEGER
        ? raw.sqlite3_column_int64(statement, column)
        : throw file.Broken($"column {column} is no number");

    public int Int(int column)
    {
        var value = Long(column);
        return value == (int)Math.Clamp(value, int.MinValue, int.MaxValue)
            ? (int)value
            : throw file.Broken($"column {column} holds {value}");
    }

    /// <summary>Text, byte for byte: SQLite's own reading would stop at a zero.</summary>
    public string Text(int column, int longest) => Encoding.UTF8.GetString(Bytes(column, longest));

    /// <summary>What a row may hold is bounded here: a damaged file promises anything.</summary>
    public ReadOnlySpan<byte> Bytes(int column, int longest)
    {
        var bytes = raw.sqlite3_column_blob(statement, column);
        return bytes.Length <= longest ? bytes : throw file.Broken($"column {column} holds {bytes.Length} bytes");
    }

    public void Dispose() => statement.Dispose();
}
