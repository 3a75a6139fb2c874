using Terminal.Journal;

namespace Terminal.Tests.Journal;

/// <summary>Entries hold arrays, which records compare by reference.</summary>
static class Same
{
    public static void Entries(IReadOnlyList<Entry> expected, IReadOnlyList<Entry> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (e, a) in expected.Zip(actual))
        {
            Assert.Equal(e.Body, a.Body);
            Assert.Equal(e.Hash, a.Hash);
            Assert.Equal(e, a with { Body = e.Body, Hash = e.Hash });
        }
    }
}
