create table if not exists orders (id varchar(36) primary key, consumer varchar(512) not null, item varchar(200) not null, quantity integer not null, placed_at timestamp with time zone not null)
create index if not exists orders_by_consumer on orders (consumer, placed_at)
