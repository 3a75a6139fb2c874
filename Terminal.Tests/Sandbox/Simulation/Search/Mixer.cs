using System.Collections;
using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Search;

/// <summary>
/// 128 bits that tell two scenes apart. Every field counts, found by reflection so that none is forgotten; moments
/// count
/// relative to now, and how long ago something was only as far as any rule looks back.
/// </summary>
sealed class Mixer
{
    /// <summary>Longer than the longest look back (the not-charged wait of 120 s).</summary>
    static readonly long Horizon = -TimeSpan.FromSeconds(130).Ticks;

    readonly Dictionary<Type, Action<Mixer, object>> writers = [];
    Moment now;
    ulong a, b;

    public (ulong, ulong) Of(Position scene)
    {
        now = scene.Now;
        (a, b) = (0, 0);
        Add(scene.Desk);
        Array(scene.Journal);
        Array(scene.Accounts);
        Unordered(scene.Flight);
        Unordered(scene.Till);
        Array(scene.Returns);
        foreach (var id in scene.Gone)
        {
            Text(id.Value);
        }
        Number(scene.Orders);
        Number(scene.ReturnOrders);
        Number(scene.Faults);
        Number((scene.Smooth ? 1 : 0) + (scene.LinkUp ? 2 : 0));
        Number(scene.RefundIds);
        return (a, b);
    }

    /// <summary>The same for any record.</summary>
    public (ulong, ulong) Of(object scene, Moment at)
    {
        now = at;
        (a, b) = (0, 0);
        Add(scene);
        return (a, b);
    }

    void Add(object? value)
    {
        switch (value)
        {
            case Registration r: Number(r.IsNumbered ? 1 : 0); break;
            case ReplyTerms r: Number(r.IsMirrored ? 1 : 0); break;
            case null: Number(-1); break;
            case string s: Text(s); break;
            case byte n: Number(n); break;
            case Return given:
                Text(given.Id.Value);
                Number(given.Amount.Minor);
                Number(given is Reversal ? 0 : 1);
                Add(given.Of);
                break;
            case Order order:
                Text(order.Id.Value);
                Number(order.Worth.Minor);
                break;
            case PaymentCode code: Text(code.Fingerprint); Time(code.ScannedAt); break;
            case IEnumerable list:
                foreach (var item in list)
                {
                    Add(item);
                }
                Number(-2);
                break;
            default:
                var type = value.GetType();
                if (!writers.TryGetValue(type, out var write))
                {
                    writers[type] = write = Compile(type);
                }
                write(this, value);
                break;
        }
    }

    void Array<T>(ImmutableArray<T> items)
    {
        foreach (var item in items)
        {
            Add(item);
        }
        Number(-2);
    }

    /// <summary>What is under way arrives in any order, so its order means nothing.</summary>
    void Unordered<T>(ImmutableArray<T> items)
    {
        var (outerA, outerB) = (a, b);
        foreach (var item in items)
        {
            (a, b) = (0, 0);
            Add(item);
            unchecked
            {
                outerA += a;
                outerB += b;
            }
        }
        (a, b) = (outerA, outerB);
        Number(items.Length);
    }

    void Time(Moment m) => Number(m == Moment.Never ? long.MaxValue : Math.Max(m.Ticks - now.Ticks, Horizon));

    void Text(string? s)
    {
        foreach (var c in s ?? "")
        {
            Number(c);
        }
        Number(-3);
    }

    void Number(long value)
    {
        unchecked
        {
            a = ulong.RotateLeft((a ^ (ulong)value) * 0x87C37B91114253D5, 31) + 0x52DCE729;
            b = ulong.RotateLeft((b + (ulong)value) * 0x4CF5AD432745937F, 27) ^ a;
        }
    }

    /// <summary>One call per field; the type itself counts too.</summary>
    static Action<Mixer, object> Compile(Type type)
    {
        var mixer = Expression.Parameter(typeof(Mixer));
        var value = Expression.Parameter(typeof(object));
        var name = Expression.Call(mixer, nameof(Text), null, Expression.Constant(type.FullName));
        var calls = Fields(type).Select(f =>
        {
            var field = Expression.Field(Expression.Convert(value, f.DeclaringType!), f);
            return (Expression)(f.FieldType switch
            {
                var t when t == typeof(Moment) => Expression.Call(mixer, nameof(Time), null, field),
                var t when t == typeof(string) => Expression.Call(mixer, nameof(Text), null, field),
                var t when t == typeof(bool) => Expression.Call(mixer, nameof(Number), null,
                    Expression.Condition(field, Expression.Constant(1L), Expression.Constant(0L))),
                var t when t == typeof(int) || t == typeof(long) || t.IsEnum =>
                    Expression.Call(mixer, nameof(Number), null, Expression.Convert(field, typeof(long))),
                var t when t.IsGenericType && t.GetGenericTypeDefinition() == typeof(ImmutableArray<>) =>
                    Expression.Call(mixer, nameof(Array), t.GetGenericArguments(), field),
                _ => Expression.Call(mixer, nameof(Add), null, Expression.Convert(field, typeof(object))),
            });
        });
        return Expression.Lambda<Action<Mixer, object>>(Expression.Block([name, .. calls]), mixer, value).Compile();
    }

    static IEnumerable<FieldInfo> Fields(Type? type) => type is null || type == typeof(object) ? [] :
    [
        .. type.GetFields(
            BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly),
        .. Fields(type.BaseType),
    ];
}
